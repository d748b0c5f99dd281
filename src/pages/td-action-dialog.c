/* td-action-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-action-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "td-supervisor.h"

#define MAX_REASON_CHARS 100

/* The last one lets a person write. */
static const char *const reasons[] = {
  NC_ ("pause", "Lunch"),
  NC_ ("pause", "Break"),
  NC_ ("pause", "Training"),
  NC_ ("pause", "Meeting"),
  NC_ ("pause", "Medical test"),
  NC_ ("pause", "Technical trouble"),
  NC_ ("pause", "Other…"),
};

/* A question that stands on the screen. */
typedef struct
{
  TdActionKind       kind;
  char              *agent; /* (owned): id */
  AdwMessageDialog  *dialog;
  GtkDropDown       *choice; /* (nullable) */
  GtkEditable       *entry;  /* (nullable) */
  GPtrArray         *ids;    /* (owned) (nullable) (element-type utf8): of the queues in @choice */
  TdActionChosenFunc callback;
  gpointer           user_data;
  GDestroyNotify     destroy;
} Question;

static void
question_free (Question *question)
{
  if (question->destroy != NULL)
    question->destroy (question->user_data);
  g_clear_pointer (&question->ids, g_ptr_array_unref);
  g_free (question->agent);
  g_free (question);
}

/**
 * td_action_dialog_get_title:
 * @kind: a kind
 *
 * Returns: what it is called in the log and above an error
 */
const char *
td_action_dialog_get_title (TdActionKind kind)
{
  switch (kind)
    {
    case TD_ACTION_PAUSE:
      return C_ ("action", "Pause");

    case TD_ACTION_UNPAUSE:
      return C_ ("action", "End of pause");

    case TD_ACTION_QUEUE_ADD:
      return C_ ("action", "Add to queue");

    case TD_ACTION_QUEUE_REMOVE:
      return C_ ("action", "Remove from queue");

    case TD_ACTION_LISTEN:
      return C_ ("action", "Listen");

    case TD_ACTION_WHISPER:
      return C_ ("action", "Whisper");

    case TD_ACTION_BARGE:
      return C_ ("action", "Barge in");

    case TD_ACTION_HANG_UP:
      return C_ ("action", "Hang up");

    case TD_N_ACTIONS:
    default:
      return "";
    }
}

static const char *
get_queue_name (TdCentre   *centre,
                const char *id)
{
  TdQueue *queue = id != NULL ? td_centre_find_queue (centre, id) : NULL;

  return queue != NULL ? td_queue_get_title (queue) : id;
}

/**
 * td_action_dialog_format_done:
 * @action: what was done
 * @centre: the agent's centre
 * @agent: to whom
 *
 * Returns: (transfer full): that it was done, in a sentence
 */
char *
td_action_dialog_format_done (const TdAction *action,
                              TdCentre       *centre,
                              TdAgent        *agent)
{
  const char  *name = td_agent_get_title (agent);
  TdAgentState state = td_agent_get_info (agent)->state;

  switch (action->kind)
    {
    case TD_ACTION_PAUSE:
      if (state == TD_AGENT_STATE_ON_CALL || state == TD_AGENT_STATE_RINGING)
        return g_strdup_printf (_ ("%s is paused after this call"), name);
      return g_strdup_printf (_ ("%s is paused"), name);

    case TD_ACTION_UNPAUSE:
      return g_strdup_printf (_ ("%s takes calls again"), name);

    case TD_ACTION_QUEUE_ADD:
      /* Translators: an agent and a queue. */
      return g_strdup_printf (_ ("%s serves “%s” now"), name, get_queue_name (centre, action->queue));

    case TD_ACTION_QUEUE_REMOVE:
      /* Translators: an agent and a queue. */
      return g_strdup_printf (_ ("%s does not serve “%s” any more"), name, get_queue_name (centre, action->queue));

    case TD_ACTION_LISTEN:
    case TD_ACTION_WHISPER:
    case TD_ACTION_BARGE:
      /* Translators: an extension and an agent. */
      return g_strdup_printf (_ ("Your phone %s is called to join the call of %s"), action->extension, name);

    case TD_ACTION_HANG_UP:
      return g_strdup_printf (_ ("The call of %s was ended"), name);

    case TD_N_ACTIONS:
    default:
      return g_strdup (name);
    }
}

/* What is asked for now: its strings live as long as the widgets do not change. */
static gboolean
read_answer (Question *question,
             TdAction *action)
{
  guint choice = question->choice != NULL ? gtk_drop_down_get_selected (question->choice) : GTK_INVALID_LIST_POSITION;

  *action = (TdAction){ .kind = question->kind, .agent = question->agent };

  if (question->kind == TD_ACTION_PAUSE)
    {
      gboolean other = choice + 1 >= G_N_ELEMENTS (reasons);

      action->reason = other ? gtk_editable_get_text (question->entry) : g_dpgettext2 (NULL, "pause", reasons[choice]);
      if (*action->reason == '\0')
        action->reason = NULL;
    }
  else if (question->ids != NULL && choice < question->ids->len)
    action->queue = g_ptr_array_index (question->ids, choice);
  else if (question->entry != NULL)
    action->extension = gtk_editable_get_text (question->entry);

  return td_action_check (action, NULL);
}

static void
update_answer (Question *question)
{
  TdAction action;

  if (question->kind == TD_ACTION_PAUSE)
    gtk_widget_set_visible (GTK_WIDGET (question->entry),
                            gtk_drop_down_get_selected (question->choice) + 1 == G_N_ELEMENTS (reasons));
  adw_message_dialog_set_response_enabled (question->dialog, "do", read_answer (question, &action));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  TdAction action;

  if (g_str_equal (response, "do") && read_answer (question, &action))
    question->callback (&action, question->user_data);
}

/* Enter in the text says yes. */
static void
activate_cb (Question *question)
{
  TdAction action;

  if (read_answer (question, &action))
    adw_message_dialog_response (question->dialog, "do");
}

static void
add_entry (Question   *question,
           GtkBox     *box,
           const char *label,
           const char *text,
           int         max_length)
{
  GtkWidget *entry = gtk_entry_new ();

  question->entry = GTK_EDITABLE (entry);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_entry_set_max_length (GTK_ENTRY (entry), max_length);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (text != NULL)
    gtk_editable_set_text (question->entry, text);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update_answer), question);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (activate_cb), question);
  gtk_box_append (box, entry);
}

static void
add_choice (Question      *question,
            GtkBox        *box,
            GtkStringList *texts,
            const char    *label)
{
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (texts)),
                                         gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));

  question->choice = GTK_DROP_DOWN (choice);
  gtk_drop_down_set_enable_search (question->choice, g_list_model_get_n_items (G_LIST_MODEL (texts)) > 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (update_answer), question);
  gtk_box_append (box, choice);
}

static void
add_reasons (Question *question,
             GtkBox   *box)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    gtk_string_list_append (texts, g_dpgettext2 (NULL, "pause", reasons[i]));

  add_choice (question, box, texts, _ ("Reason"));
  add_entry (question, box, _ ("Reason in your words"), NULL, MAX_REASON_CHARS);
}

/* The queues that the agent serves, or those that the agent does not. */
static void
add_queues (Question          *question,
            GtkBox            *box,
            TdCentre          *centre,
            const TdAgentInfo *info)
{
  TdRoster *queues = td_centre_get_queues (centre);
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  g_autoptr (GHashTable) served = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < info->n_queues; i++)
    g_hash_table_add (served, (gpointer)info->queues[i]);

  question->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdQueue *queue = td_roster_get (queues, i);

      if (g_hash_table_contains (served, td_queue_get_id (queue)) != (question->kind == TD_ACTION_QUEUE_REMOVE))
        continue;
      g_ptr_array_add (question->ids, g_strdup (td_queue_get_id (queue)));
      gtk_string_list_append (texts, td_queue_get_title (queue));
    }

  add_choice (question, box, texts, _ ("Queue"));
}

static char *
format_heading (TdActionKind kind,
                const char  *name)
{
  switch (kind)
    {
    case TD_ACTION_PAUSE:
      return g_strdup_printf (_ ("Pause %s?"), name);

    case TD_ACTION_QUEUE_ADD:
      return g_strdup_printf (_ ("Add %s to a Queue"), name);

    case TD_ACTION_QUEUE_REMOVE:
      return g_strdup_printf (_ ("Remove %s from a Queue"), name);

    case TD_ACTION_LISTEN:
      return g_strdup_printf (_ ("Listen to the Call of %s?"), name);

    case TD_ACTION_WHISPER:
      return g_strdup_printf (_ ("Whisper to %s?"), name);

    case TD_ACTION_BARGE:
      return g_strdup_printf (_ ("Barge into the Call of %s?"), name);

    case TD_ACTION_HANG_UP:
      return g_strdup_printf (_ ("Hang Up the Call of %s?"), name);

    case TD_ACTION_UNPAUSE:
    case TD_N_ACTIONS:
    default:
      return g_strdup (name);
    }
}

static char *
format_body (TdActionKind       kind,
             TdCentre          *centre,
             const TdAgentInfo *info)
{
  switch (kind)
    {
    case TD_ACTION_PAUSE:
      return g_strdup (info->state == TD_AGENT_STATE_ON_CALL || info->state == TD_AGENT_STATE_RINGING
                         ? _ ("The call goes on; the agent is paused after it, until the pause is ended.")
                         : _ ("No calls come until the pause is ended."));

    case TD_ACTION_QUEUE_ADD:
      return g_strdup (_ ("The agent gets calls of this queue too, from now on."));

    case TD_ACTION_QUEUE_REMOVE:
      return g_strdup (info->n_queues == 1 ? _ ("It is the only queue of this agent: without it no calls come any more.")
                                           : _ ("The agent gets no more calls of this queue. A call that is running goes on."));

    case TD_ACTION_LISTEN:
      return g_strdup (_ ("Your phone rings. Once you answer it you hear both, and nobody hears you."));

    case TD_ACTION_WHISPER:
      return g_strdup (_ ("Your phone rings. Once you answer it you hear both, and the agent alone hears you."));

    case TD_ACTION_BARGE:
      return g_strdup (_ ("Your phone rings. Once you answer it you hear both, and both hear you."));

    case TD_ACTION_HANG_UP:
      if (info->call_queue != NULL)
        return g_strdup_printf (_ ("The caller in “%s” is cut off. This cannot be undone."),
                                get_queue_name (centre, info->call_queue));
      return g_strdup (_ ("The caller is cut off. This cannot be undone."));

    case TD_ACTION_UNPAUSE:
    case TD_N_ACTIONS:
    default:
      return g_strdup ("");
    }
}

static const char *
get_response_label (TdActionKind kind)
{
  switch (kind)
    {
    case TD_ACTION_PAUSE:
      return _ ("_Pause");

    case TD_ACTION_QUEUE_ADD:
      return _ ("_Add");

    case TD_ACTION_QUEUE_REMOVE:
      return _ ("_Remove");

    case TD_ACTION_LISTEN:
      return _ ("_Listen");

    case TD_ACTION_WHISPER:
      return _ ("_Whisper");

    case TD_ACTION_BARGE:
      return _ ("_Barge In");

    case TD_ACTION_HANG_UP:
      return _ ("_Hang Up");

    case TD_ACTION_UNPAUSE:
    case TD_N_ACTIONS:
    default:
      return _ ("_OK");
    }
}

/* What cuts somebody off is not what Enter does. */
static gboolean
is_destructive (TdActionKind       kind,
                const TdAgentInfo *info)
{
  return kind == TD_ACTION_HANG_UP || (kind == TD_ACTION_QUEUE_REMOVE && info->n_queues == 1);
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* More names than this are a number. */
#define MAX_NAMES 12

static char *
join_names (TdAgent   *agent,
            GPtrArray *others)
{
  GString *text = g_string_new (td_agent_get_title (agent));

  for (guint i = 0; i < others->len && i + 1 < MAX_NAMES; i++)
    g_string_append_printf (text, ", %s", td_agent_get_title (g_ptr_array_index (others, i)));
  if (others->len + 1 > MAX_NAMES)
    g_string_append (text, "…");

  return g_string_free (text, FALSE);
}

/**
 * td_action_dialog_format_people:
 * @agent: an agent
 * @others: (nullable) (element-type TdAgent): and others
 *
 * Returns: (transfer full): who they are: a name, or how many
 */
char *
td_action_dialog_format_people (TdAgent   *agent,
                                GPtrArray *others)
{
  if (others == NULL || others->len == 0)
    return g_strdup (td_agent_get_title (agent));

  /* Translators: how many agents something is done to, as in "Pause 5 agents?". */
  return g_strdup_printf (ngettext ("%u agent", "%u agents", others->len + 1), others->len + 1);
}

/**
 * td_action_dialog_ask:
 * @parent: a widget of the window to stand before
 * @kind: what is to be done
 * @centre: the agent's centre
 * @agent: to whom
 * @others: (nullable) (element-type TdAgent): and to whom else
 * @extension: (nullable): the supervisor's phone, as it was given last
 * @callback: called with the action if the person says so
 * @user_data: data for @callback
 * @destroy: (nullable): called once the question is gone
 *
 * Asks for what the action needs, or whether to go through with it.
 */
void
td_action_dialog_ask (GtkWidget         *parent,
                      TdActionKind       kind,
                      TdCentre          *centre,
                      TdAgent           *agent,
                      GPtrArray         *others,
                      const char        *extension,
                      TdActionChosenFunc callback,
                      gpointer           user_data,
                      GDestroyNotify     destroy)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  g_autofree char   *who = td_action_dialog_format_people (agent, others);
  g_autofree char   *heading = format_heading (kind, who);
  g_autofree char   *body = others != NULL && others->len > 0 ? join_names (agent, others) : format_body (kind, centre, info);
  GtkWidget         *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  Question          *question = g_new0 (Question, 1);
  gboolean           destructive = is_destructive (kind, info);

  question->kind = kind;
  question->agent = g_strdup (td_agent_get_id (agent));
  question->callback = callback;
  question->user_data = user_data;
  question->destroy = destroy;
  question->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (get_window (parent), heading, body));
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), "do", get_response_label (kind), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "do",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, destructive ? "cancel" : "do");
  adw_message_dialog_set_close_response (question->dialog, "cancel");

  if (kind == TD_ACTION_PAUSE)
    add_reasons (question, GTK_BOX (box));
  else if (kind == TD_ACTION_QUEUE_ADD || kind == TD_ACTION_QUEUE_REMOVE)
    add_queues (question, GTK_BOX (box), centre, info);
  else if (kind != TD_ACTION_HANG_UP)
    add_entry (question, GTK_BOX (box), _ ("Your extension"), extension, TD_MAX_EXTENSION);

  if (gtk_widget_get_first_child (box) != NULL)
    adw_message_dialog_set_extra_child (question->dialog, box);
  else
    g_object_unref (g_object_ref_sink (box));

  update_answer (question);
  g_object_set_data_full (G_OBJECT (question->dialog), "td-question", question, (GDestroyNotify)question_free);
  g_signal_connect (question->dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (question->dialog));
}

/**
 * td_action_dialog_show_error:
 * @parent: a widget of the window to stand before
 * @error: why
 * @kind: what was to be done
 * @agent_name: to whom
 *
 * Says that it was not done, or that nobody knows; it stays until it is read.
 */
void
td_action_dialog_show_error (GtkWidget    *parent,
                             const GError *error,
                             TdActionKind  kind,
                             const char   *agent_name)
{
  const char *heading = _ ("It Was Not Done");
  GtkWidget  *dialog;

  if (g_error_matches (error, TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_UNKNOWN))
    heading = _ ("It May Have Been Done");
  else if (g_error_matches (error, TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_LOG_RESULT))
    heading = _ ("It Was Not Written Down");

  dialog = adw_message_dialog_new (get_window (parent), heading, NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s · %s\n\n%s",
                                  td_action_dialog_get_title (kind), agent_name, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
