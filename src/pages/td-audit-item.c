/* td-audit-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-audit-item.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-action-dialog.h"
#include "td-fold.h"

struct _TdAuditItem
{
  GObject parent_instance;

  TdAuditEntry *entry;                     /* (owned) */
  char         *texts[TD_N_AUDIT_COLUMNS]; /* (owned) */
  char         *folded;                    /* (owned): what is searched in */
};

G_DEFINE_FINAL_TYPE (TdAuditItem, td_audit_item, G_TYPE_OBJECT)

static void
td_audit_item_finalize (GObject *object)
{
  TdAuditItem *self = TD_AUDIT_ITEM (object);

  for (guint i = 0; i < TD_N_AUDIT_COLUMNS; i++)
    g_free (self->texts[i]);
  g_free (self->folded);
  g_clear_pointer (&self->entry, td_audit_entry_free);

  G_OBJECT_CLASS (td_audit_item_parent_class)->finalize (object);
}

static void
td_audit_item_class_init (TdAuditItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_audit_item_finalize;
}

static void
td_audit_item_init (TdAuditItem *self)
{
}

static char *
format_when (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%F %H:%M:%S") : g_strdup ("");
}

/* The person, and where the source has names, which one was used there. */
static char *
format_who (const TdAuditEntry *entry)
{
  return entry->user != NULL ? g_strdup_printf ("%s (%s)", entry->who, entry->user) : g_strdup (entry->who);
}

static char *
format_details (const TdAuditEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (entry->queue != NULL)
    /* Translators: a queue, in the details of an action. */
    g_string_append_printf (text, _ ("queue %s"), entry->queue_name != NULL ? entry->queue_name : entry->queue);
  if (entry->reason != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", entry->reason);
  if (entry->extension != NULL)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      /* Translators: a phone’s extension, in the details of an action. */
      g_string_append_printf (text, _ ("extension %s"), entry->extension);
    }
  if (entry->profile != NULL || entry->source != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                            entry->profile != NULL ? entry->profile : entry->source);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
format_result (const TdAuditEntry *entry)
{
  switch (entry->result)
    {
    case TD_AUDIT_DONE:
      return g_strdup (C_ ("result of an action", "done"));

    case TD_AUDIT_FAILED:
      if (entry->error != NULL)
        /* Translators: %s is why. */
        return g_strdup_printf (_ ("not done: %s"), entry->error);
      return g_strdup (C_ ("result of an action", "not done"));

    case TD_AUDIT_UNKNOWN:
      return g_strdup (entry->error != NULL ? entry->error : C_ ("result of an action", "not known"));

    case TD_AUDIT_SENT:
    case TD_N_AUDIT_RESULTS:
    default:
      return g_strdup (_ ("sent; what became of it is not known"));
    }
}

/**
 * td_audit_item_new:
 * @entry: (transfer full): what the log says
 *
 * Returns: (transfer full): the row of it
 */
TdAuditItem *
td_audit_item_new (TdAuditEntry *entry)
{
  TdAuditItem     *self;
  g_autofree char *joined = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (TD_TYPE_AUDIT_ITEM, NULL);
  self->entry = entry;
  self->texts[TD_AUDIT_COLUMN_WHEN] = format_when (entry->at);
  self->texts[TD_AUDIT_COLUMN_WHO] = format_who (entry);
  self->texts[TD_AUDIT_COLUMN_ACTION] = g_strdup (td_action_dialog_get_title (entry->kind));
  self->texts[TD_AUDIT_COLUMN_AGENT] =
    entry->agent_name != NULL ? g_strdup_printf ("%s (%s)", entry->agent_name, entry->agent) : g_strdup (entry->agent);
  self->texts[TD_AUDIT_COLUMN_DETAILS] = format_details (entry);
  self->texts[TD_AUDIT_COLUMN_RESULT] = format_result (entry);
  joined = g_strjoin ("\n", self->texts[0], self->texts[1], self->texts[2], self->texts[3], self->texts[4], self->texts[5], NULL);
  self->folded = td_fold (joined);

  return self;
}

const TdAuditEntry *
td_audit_item_get_entry (TdAuditItem *self)
{
  g_return_val_if_fail (TD_IS_AUDIT_ITEM (self), NULL);

  return self->entry;
}

const char *
td_audit_item_get_text (TdAuditItem  *self,
                        TdAuditColumn column)
{
  g_return_val_if_fail (TD_IS_AUDIT_ITEM (self), NULL);
  g_return_val_if_fail ((guint)column < TD_N_AUDIT_COLUMNS, NULL);

  return self->texts[column];
}

/**
 * td_audit_item_matches:
 * @self: a row
 * @folded: what is looked for, as td_fold() makes it
 *
 * Returns: whether any of its texts holds it
 */
gboolean
td_audit_item_matches (TdAuditItem *self,
                       const char  *folded)
{
  g_return_val_if_fail (TD_IS_AUDIT_ITEM (self), FALSE);

  return strstr (self->folded, folded) != NULL;
}
