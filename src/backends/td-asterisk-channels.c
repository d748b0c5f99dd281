/* td-asterisk-channels.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-channels.h"

#include <string.h>

static const char *
get_bridge (const TdAmiMessage *channel)
{
  const char *bridge = td_ami_message_get (channel, "BridgeID");

  return bridge != NULL && *bridge != '\0' ? bridge : NULL;
}

/* "PJSIP/1017-0000002a" is of "PJSIP/1017", and of no "PJSIP/101" or
 * "PJSIP/1017-desk"; "Local/1001@agents-00000001;1" is the half of
 * "Local/1001@agents/n" that faces the queue. */
static gboolean
is_of_interface (const char *name,
                 const char *interface)
{
  gboolean    local = g_str_has_prefix (interface, "Local/");
  const char *options = local ? strchr (interface + strlen ("Local/"), '/') : NULL;
  gsize       length = options != NULL ? (gsize)(options - interface) : strlen (interface);

  if (name == NULL || g_ascii_strncasecmp (name, interface, length) != 0 || name[length] != '-')
    return FALSE;

  name += length + 1;
  if (!g_ascii_isxdigit (*name))
    return FALSE;
  while (g_ascii_isxdigit (*name))
    name++;

  return g_str_equal (name, local ? ";1" : "");
}

/* Of the caller whom the queue gave to this agent. The variable stays when the
 * caller is passed on, so it counts while the queue holds the call. */
static gboolean
is_caller_of (const TdAmiMessage *channel,
              const char         *interface)
{
  return get_bridge (channel) != NULL &&
         g_strcmp0 (td_ami_message_get_variable (channel, "MEMBERINTERFACE"), interface) == 0 &&
         g_strcmp0 (td_ami_message_get (channel, "Application"), "Queue") == 0;
}

static const TdAmiMessage *
find_caller (const TdAmiAnswer *status,
             const char        *interface)
{
  for (guint i = 0; i < td_ami_answer_get_n_messages (status); i++)
    {
      const TdAmiMessage *channel = td_ami_answer_get_message (status, i);

      if (is_caller_of (channel, interface))
        return channel;
    }

  return NULL;
}

const char *
td_asterisk_find_call (const TdAmiAnswer *status,
                       const char        *interface)
{
  const TdAmiMessage *caller;
  const char         *own = NULL;
  const char         *facing = NULL;

  g_return_val_if_fail (status != NULL, NULL);
  g_return_val_if_fail (interface != NULL, NULL);

  caller = find_caller (status, interface);

  for (guint i = 0; i < td_ami_answer_get_n_messages (status); i++)
    {
      const TdAmiMessage *channel = td_ami_answer_get_message (status, i);
      const char         *name = td_ami_message_get (channel, "Channel");
      const char         *bridge = get_bridge (channel);
      gboolean            faces_caller;

      if (name == NULL || bridge == NULL || channel == caller)
        continue;

      /* Of two calls at once, the one from the queue is meant. */
      faces_caller = caller != NULL && g_str_equal (bridge, get_bridge (caller));
      if (is_of_interface (name, interface))
        {
          if (faces_caller)
            return name;
          own = name;
        }
      else if (faces_caller)
        facing = name;
    }

  /* A phone behind an interface of another name shows by whom it speaks with. */
  return caller != NULL && facing != NULL ? facing : own;
}
