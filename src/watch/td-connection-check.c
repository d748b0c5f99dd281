/* td-connection-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-connection-check.h"

#include <glib/gi18n.h>

/* A wait counts from the source's clock, so it is wrong by as much as that is. */
#define CLOCK_TOLERANCE_US (5 * G_TIME_SPAN_SECOND)

/* A backend may ask what it may do beside asking for the state. */
#define RIGHTS_GRACE_MS 2000
#define RIGHTS_LOOK_MS 50

typedef struct
{
  GCancellable *cancellable; /* (owned): of the poll */
  gulong        cancel_handler;
  GSource      *deadline; /* (owned) (nullable) */
  guint         deadline_ms;
  gboolean      is_late;
  gint64        started;  /* by this machine's clock, µs since 1970 */
  gint64        answered; /* likewise */
  TdPollResult *result;   /* (owned) (nullable): while the rights are waited for */
  guint         n_looks;  /* for them */
  char         *user;     /* (owned) (nullable) */
  gboolean      has_secret;
  TdSecurity    security;
  gboolean      has_security; /* as the connection says; else as the backend does */
} Check;

static void
free_check (gpointer data)
{
  Check *check = data;

  if (check->deadline != NULL)
    g_source_destroy (check->deadline);
  g_clear_pointer (&check->deadline, g_source_unref);
  g_clear_object (&check->cancellable);
  g_clear_pointer (&check->result, td_poll_result_free);
  g_free (check->user);
  g_free (check);
}

static void
free_line (gpointer data)
{
  TdCheckLine *line = data;

  g_free (line->text);
  g_free (line);
}

static void
add (GPtrArray    *lines,
     TdCheckId     id,
     TdCheckStatus status,
     char         *text)
{
  TdCheckLine *line = g_new0 (TdCheckLine, 1);

  line->id = id;
  line->status = status;
  line->text = text;
  g_ptr_array_add (lines, line);
}

static void
skip (GPtrArray *lines,
      TdCheckId  id)
{
  add (lines, id, TD_CHECK_SKIPPED, g_strdup (_ ("Not known")));
}

/* Whether the source was heard at all, whatever it said. */
static gboolean
was_reached (const TdSourceInfo *info,
             const GError       *error)
{
  return error == NULL || info->reached ||
         !(g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE) ||
           g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TIMEOUT));
}

static void
add_security (GPtrArray          *lines,
              const Check        *check,
              const TdSourceInfo *info,
              gboolean            reached)
{
  switch (check->has_security ? check->security : info->security)
    {
    case TD_SECURITY_TLS:
      if (!reached)
        skip (lines, TD_CHECK_SECURITY);
      else
        add (lines, TD_CHECK_SECURITY, TD_CHECK_OK,
             g_strdup (info->tls != NULL ? info->tls : _ ("TLS, with a certificate that was verified")));
      break;

    case TD_SECURITY_PLAIN:
      add (lines, TD_CHECK_SECURITY, TD_CHECK_WARNING,
           g_strdup (_ ("Not encrypted: everyone on the way can read the secret and the callers")));
      break;

    case TD_SECURITY_LOOPBACK:
    default:
      add (lines, TD_CHECK_SECURITY, TD_CHECK_OK,
           g_strdup (_ ("Not encrypted, and does not leave this machine")));
      break;
    }
}

static void
add_signed_in (GPtrArray          *lines,
               const Check        *check,
               const TdSourceInfo *info,
               const GError       *error)
{
  if (g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED) && !info->signed_in)
    add (lines, TD_CHECK_SIGNED_IN, TD_CHECK_FAILED, g_strdup (error->message));
  else if (error != NULL && !info->signed_in)
    skip (lines, TD_CHECK_SIGNED_IN);
  else if (check->user != NULL)
    add (lines, TD_CHECK_SIGNED_IN, TD_CHECK_OK, g_strdup_printf (_ ("As “%s”"), check->user));
  else if (check->has_secret)
    add (lines, TD_CHECK_SIGNED_IN, TD_CHECK_OK, g_strdup (_ ("The secret was accepted")));
  else
    add (lines, TD_CHECK_SIGNED_IN, TD_CHECK_OK, g_strdup (_ ("Nobody has to sign in there")));
}

static void
add_data (GPtrArray    *lines,
          TdPollResult *result,
          const GError *error,
          gboolean      tell_error)
{
  g_autofree char *queues = NULL;
  g_autofree char *agents = NULL;
  g_autofree char *callers = NULL;
  guint            n_queues, n_agents, n_callers;

  if (result == NULL || result->snapshot == NULL)
    {
      if (tell_error)
        add (lines, TD_CHECK_DATA, TD_CHECK_FAILED,
             g_strdup (error != NULL ? error->message : _ ("It did not tell its state")));
      else
        skip (lines, TD_CHECK_DATA);
      return;
    }

  td_snapshot_get_queues (result->snapshot, &n_queues);
  td_snapshot_get_agents (result->snapshot, &n_agents);
  td_snapshot_get_callers (result->snapshot, &n_callers);
  queues = g_strdup_printf (ngettext ("%u queue", "%u queues", n_queues), n_queues);
  agents = g_strdup_printf (ngettext ("%u agent", "%u agents", n_agents), n_agents);
  callers = g_strdup_printf (ngettext ("%u caller waiting", "%u callers waiting", n_callers), n_callers);
  add (lines, TD_CHECK_DATA, n_queues > 0 && n_agents > 0 ? TD_CHECK_OK : TD_CHECK_WARNING,
       /* Translators: "7 queues, 21 agents, 2 callers waiting". */
       g_strdup_printf (_ ("%s, %s, %s"), queues, agents, callers));
}

static void
add_rights (GPtrArray          *lines,
            const TdSourceInfo *info,
            const GError       *error)
{
  const char      *what = info->actions != 0 ? _ ("It may look and act") : _ ("It may look, not act");
  g_autofree char *rights = NULL;

  if (error != NULL && info->rights == NULL && info->missing == NULL)
    {
      skip (lines, TD_CHECK_RIGHTS);
      return;
    }

  rights = info->rights != NULL ? g_strdup_printf ("%s (%s)", what, info->rights) : g_strdup (what);
  if (info->missing != NULL)
    add (lines, TD_CHECK_RIGHTS, TD_CHECK_WARNING, g_strdup_printf ("%s. %s", rights, info->missing));
  else
    add (lines, TD_CHECK_RIGHTS, TD_CHECK_OK, g_steal_pointer (&rights));
}

static int
round_to (gint64 distance,
          gint64 unit)
{
  return (int)MIN ((distance + unit / 2) / unit, G_MAXINT);
}

static char *
describe_offset (gint64 offset)
{
  gint64           distance = ABS (offset);
  g_autofree char *text = NULL;

  if (distance < 2 * G_TIME_SPAN_MINUTE)
    text = g_strdup_printf (_ ("%d s"), round_to (distance, G_TIME_SPAN_SECOND));
  else if (distance < 2 * G_TIME_SPAN_HOUR)
    text = g_strdup_printf (_ ("%d min"), round_to (distance, G_TIME_SPAN_MINUTE));
  else
    text = g_strdup_printf (_ ("%d h"), round_to (distance, G_TIME_SPAN_HOUR));

  /* Translators: %s is a duration such as "12 s" or "7 h". */
  return g_strdup_printf (offset > 0 ? _ ("Its clock is %s ahead of this machine’s") : _ ("Its clock is %s behind this machine’s"),
                          text);
}

static void
add_clock (GPtrArray    *lines,
           const Check  *check,
           TdPollResult *result)
{
  gint64 at = result != NULL && result->snapshot != NULL ? td_snapshot_get_at (result->snapshot) : TD_UNKNOWN;
  gint64 offset;

  if (!TD_IS_KNOWN (at))
    {
      skip (lines, TD_CHECK_CLOCK);
      return;
    }

  /* It was said some time between the question and the answer. */
  offset = at < check->started ? at - check->started : MAX (at - check->answered, 0);
  if (ABS (offset) <= CLOCK_TOLERANCE_US)
    add (lines, TD_CHECK_CLOCK, TD_CHECK_OK, g_strdup (_ ("Its clock agrees with this machine’s")));
  else
    add (lines, TD_CHECK_CLOCK, TD_CHECK_WARNING, describe_offset (offset));
}

static GPtrArray *
make_lines (TdBackend    *backend,
            const Check  *check,
            TdPollResult *result,
            const GError *error)
{
  GPtrArray       *lines = g_ptr_array_new_with_free_func (free_line);
  g_autofree char *title = td_backend_get_title (backend);
  TdSourceInfo     info = td_backend_get_info (backend);
  gboolean         reached = was_reached (&info, error);
  gboolean         refused;

  if (reached)
    add (lines, TD_CHECK_REACHED, TD_CHECK_OK, g_strdup_printf (_ ("%s answers"), title));
  else
    add (lines, TD_CHECK_REACHED, TD_CHECK_FAILED, g_strdup_printf ("%s: %s", title, error->message));

  add_security (lines, check, &info, reached);
  add_signed_in (lines, check, &info, error);
  refused = g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED) && !info.signed_in;

  if (info.server != NULL)
    add (lines, TD_CHECK_SERVER, TD_CHECK_OK, g_strdup (info.server));
  else
    skip (lines, TD_CHECK_SERVER);

  add_data (lines, result, error, reached && !refused);
  add_rights (lines, &info, error);
  add_clock (lines, check, result);

  return lines;
}

static void
return_lines (GTask        *task,
              TdPollResult *result,
              const GError *error)
{
  TdBackend *backend = g_task_get_source_object (task);
  Check     *check = g_task_get_task_data (task);

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, make_lines (backend, check, result, error), (GDestroyNotify)g_ptr_array_unref);
}

static gboolean
look_for_rights_cb (gpointer user_data)
{
  GTask       *task = user_data;
  TdSourceInfo info = td_backend_get_info (g_task_get_source_object (task));
  Check       *check = g_task_get_task_data (task);

  if (info.rights == NULL && info.actions == 0 && ++check->n_looks < RIGHTS_GRACE_MS / RIGHTS_LOOK_MS &&
      !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return G_SOURCE_CONTINUE;

  return_lines (task, check->result, NULL);

  return G_SOURCE_REMOVE;
}

/* They are worth a moment, and no signal tells of them. */
static void
wait_for_rights (GTask *task)
{
  g_autoptr (GSource) source = g_timeout_source_new (RIGHTS_LOOK_MS);

  g_source_set_callback (source, look_for_rights_cb, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
polled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) answer = NULL;
  Check *check = g_task_get_task_data (task);

  answer = td_backend_poll_finish (TD_BACKEND (object), result, &error);
  check->answered = g_get_real_time ();
  if (check->deadline != NULL)
    g_source_destroy (check->deadline);

  /* Not by g_cancellable_disconnect(), which would wait for ever where this is
   * called from within the cancelling. */
  if (check->cancel_handler != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), check->cancel_handler);

  if (error != NULL && check->is_late)
    {
      g_clear_error (&error);
      g_set_error (&error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TIMEOUT,
                   ngettext ("No whole answer within %u second", "No whole answer within %u seconds",
                             check->deadline_ms / 1000),
                   check->deadline_ms / 1000);
    }

  if (error != NULL)
    return_lines (task, NULL, error);
  else
    {
      check->result = g_steal_pointer (&answer);
      wait_for_rights (task);
    }
}

static gboolean
deadline_cb (gpointer user_data)
{
  Check *check = user_data;

  check->is_late = TRUE;
  g_cancellable_cancel (check->cancellable);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

/**
 * td_check_id_to_string:
 * @id: a check
 *
 * Returns: its word on the command line
 */
const char *
td_check_id_to_string (TdCheckId id)
{
  static const char *const words[TD_N_CHECKS] = {
    [TD_CHECK_REACHED] = "reached",
    [TD_CHECK_SECURITY] = "security",
    [TD_CHECK_SIGNED_IN] = "signed-in",
    [TD_CHECK_SERVER] = "server",
    [TD_CHECK_DATA] = "data",
    [TD_CHECK_RIGHTS] = "rights",
    [TD_CHECK_CLOCK] = "clock",
  };

  g_return_val_if_fail ((guint)id < TD_N_CHECKS, NULL);

  return words[id];
}

/**
 * td_check_status_to_string:
 * @status: a status
 *
 * Returns: its word on the command line
 */
const char *
td_check_status_to_string (TdCheckStatus status)
{
  static const char *const words[TD_N_CHECK_STATUSES] = {
    [TD_CHECK_OK] = "ok",
    [TD_CHECK_WARNING] = "warning",
    [TD_CHECK_FAILED] = "failed",
    [TD_CHECK_SKIPPED] = "skipped",
  };

  g_return_val_if_fail ((guint)status < TD_N_CHECK_STATUSES, NULL);

  return words[status];
}

/**
 * td_connection_check_run_async:
 * @backend: what would watch the centre; it should not have been asked before
 * @connection: (nullable): what @backend was made from; read before this returns
 * @deadline_ms: time for all of it, e.g. %TD_CONNECTION_CHECK_DEADLINE_MS
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context of the caller
 * @user_data: data for @callback
 *
 * Tests a connection: asks for the state once, and tells in plain words what
 * was learnt.
 */
void
td_connection_check_run_async (TdBackend          *backend,
                               const TdConnection *connection,
                               guint               deadline_ms,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  TdPollRequest request = { .since = TD_UNKNOWN };
  Check        *check;

  g_return_if_fail (TD_IS_BACKEND (backend));
  g_return_if_fail (deadline_ms > 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  check = g_new0 (Check, 1);
  check->cancellable = g_cancellable_new ();
  check->deadline_ms = deadline_ms;
  check->started = g_get_real_time ();
  if (connection != NULL)
    {
      check->user = g_strdup (connection->user);
      check->has_secret = connection->secret != NULL;
      check->security = td_connection_get_security (connection);
      check->has_security = TRUE;
    }

  task = g_task_new (backend, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_connection_check_run_async);
  g_task_set_task_data (task, check, free_check);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (cancellable != NULL)
    check->cancel_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                   g_object_ref (check->cancellable), g_object_unref);

  /* The task, and the check with it, live until the poll ends. */
  check->deadline = g_timeout_source_new (deadline_ms);
  g_source_set_callback (check->deadline, deadline_cb, check, NULL);
  g_source_attach (check->deadline, g_main_context_get_thread_default ());

  td_backend_poll_async (backend, &request, check->cancellable, polled_cb, g_steal_pointer (&task));
}

/**
 * td_connection_check_run_finish:
 * @backend: a backend
 * @result: the result
 * @error: return location; %G_IO_ERROR_CANCELLED alone: that a test fails is
 *   in the lines
 *
 * Returns: (transfer full) (element-type TdCheckLine) (nullable): a line a
 *   check, in the order of #TdCheckId
 */
GPtrArray *
td_connection_check_run_finish (TdBackend    *backend,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, backend), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * td_connection_check_is_usable:
 * @lines: (element-type TdCheckLine): what was found
 *
 * Returns: whether nothing failed
 */
gboolean
td_connection_check_is_usable (GPtrArray *lines)
{
  g_return_val_if_fail (lines != NULL, FALSE);

  for (guint i = 0; i < lines->len; i++)
    {
      const TdCheckLine *line = g_ptr_array_index (lines, i);

      if (line->status == TD_CHECK_FAILED)
        return FALSE;
    }

  return TRUE;
}
