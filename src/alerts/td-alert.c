/* td-alert.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (TdAlert, td_alert, td_alert_ref, td_alert_unref)

static void
clear_alert (gpointer data)
{
  TdAlert *self = data;

  g_free (self->rule);
  g_free (self->target);
  g_free (self->group);
  g_free (self->title);
  g_free (self->evidence);
}

/**
 * td_alert_new:
 *
 * Returns: (transfer full): an alert of which nothing is known; whoever made it fills it
 */
TdAlert *
td_alert_new (void)
{
  TdAlert *self = g_rc_box_new0 (TdAlert);

  self->since = TD_UNKNOWN;
  self->raised = TD_UNKNOWN;
  self->cleared = TD_UNKNOWN;

  return self;
}

TdAlert *
td_alert_ref (TdAlert *self)
{
  return g_rc_box_acquire (self);
}

void
td_alert_unref (TdAlert *self)
{
  g_rc_box_release_full (self, clear_alert);
}

gboolean
td_alert_is_on (const TdAlert *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->cleared == TD_UNKNOWN;
}

/**
 * td_alert_is_worse:
 * @self: an alert
 * @value: a value of its kind
 *
 * Returns: whether @value is beyond the worst so far
 */
gboolean
td_alert_is_worse (const TdAlert *self,
                   double         value)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return td_alert_kind_get_info (self->kind)->below ? value < self->worst : value > self->worst;
}

/**
 * td_alert_set_evidence:
 * @self: an alert
 * @evidence: (nullable): what speaks for it, translated; cut where it is too long
 */
void
td_alert_set_evidence (TdAlert    *self,
                       const char *evidence)
{
  g_return_if_fail (self != NULL);

  g_free (self->evidence);
  self->evidence = NULL;
  if (evidence != NULL)
    {
      const char *end;

      g_utf8_validate_len (evidence, strnlen (evidence, TD_ALERT_MAX_EVIDENCE), &end);
      self->evidence = g_strndup (evidence, (gsize)(end - evidence));
    }
}
