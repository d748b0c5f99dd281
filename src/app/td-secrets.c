/* td-secrets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>
#include <string.h>

#include "td-profile.h"
#include "td-secrets-file.h"

/* A service that is there answers within milliseconds; one that hangs would
 * be waited for by D-Bus for 25 s. */
#define SERVICE_DEADLINE_MS 3000

/* Of the command line, where the keyring may ask a person to open it. */
#define SYNC_DEADLINE_MS 60000

/* No profile's name has an “@”. */
#define WEBHOOK_SUFFIX "@webhook"

typedef enum {
  LOOK_UP,
  STORE,
  CLEAR,
} Operation;

/* What a task does; the secret is wiped with it. */
typedef struct
{
  Operation      operation;
  char          *profile;        /* (owned) */
  char          *secret;         /* (owned) (nullable): to store, or found */
  TdSecretsPlace place;          /* where it is now */
  GCancellable  *probe;          /* (owned): of the first question to the service */
  gulong         cancel_handler; /* from the caller's cancellable to @probe */
  GSource       *deadline;       /* (owned) (nullable): of @probe */
} Work;

static const SecretSchema schema = {
  "io.github.tongdai.TongDai.Profile",
  SECRET_SCHEMA_NONE,
  { { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static void
stop_deadline (Work *work)
{
  if (work->deadline != NULL)
    g_source_destroy (work->deadline);
  g_clear_pointer (&work->deadline, g_source_unref);
}

static void
free_work (gpointer data)
{
  Work *work = data;

  stop_deadline (work);
  g_clear_object (&work->probe);
  td_secrets_free (work->secret);
  g_free (work->profile);
  g_free (work);
}

/* The service cannot be had: what is left is the file. */
static void
use_file (GTask  *task,
          GError *service_error)
{
  g_autoptr (GError) reason = service_error;
  Work   *work = g_task_get_task_data (task);
  GError *error = NULL;

  switch (work->operation)
    {
    case LOOK_UP:
      /* It was looked for there before. A keyring that stays shut is another
       * thing than one that is not there. */
      if (work->place == TD_SECRETS_SERVICE && reason != NULL)
        g_task_return_error (task, g_steal_pointer (&reason));
      else
        {
          work->place = TD_SECRETS_NONE;
          g_task_return_boolean (task, TRUE);
        }
      return;

    case STORE:
      if (reason != NULL)
        g_info ("The secret goes into a file: %s", reason->message);
      if (!td_secrets_file_store (work->profile, work->secret, &error))
        g_task_return_error (task, error);
      else
        {
          work->place = TD_SECRETS_FILE;
          g_task_return_boolean (task, TRUE);
        }
      return;

    case CLEAR:
      if (work->place == TD_SECRETS_SERVICE && reason != NULL)
        g_task_return_error (task, g_steal_pointer (&reason));
      else
        g_task_return_boolean (task, TRUE);
      return;

    default:
      g_assert_not_reached ();
    }
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work        *work = g_task_get_task_data (task);
  GError      *error = NULL;
  SecretValue *value = secret_service_lookup_finish (SECRET_SERVICE (object), result, &error);

  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (error != NULL)
    use_file (task, error);
  else
    {
      work->secret = value != NULL ? g_strdup (secret_value_get_text (value)) : NULL;
      work->place = work->secret != NULL ? TD_SECRETS_SERVICE : TD_SECRETS_NONE;
      g_task_return_boolean (task, TRUE);
    }

  g_clear_pointer (&value, secret_value_unref);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work    *work = g_task_get_task_data (task);
  GError  *error = NULL;
  gboolean stored = secret_service_store_finish (SECRET_SERVICE (object), result, &error);

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      return;
    }
  if (!stored)
    {
      use_file (task, error);
      return;
    }

  /* An older one in a file would be found first. */
  work->place = TD_SECRETS_SERVICE;
  if (td_secrets_file_clear (work->profile, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  /* That there was none to clear is no error. */
  secret_service_clear_finish (SECRET_SERVICE (object), result, &error);
  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (error != NULL)
    use_file (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SecretService) service = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  g_autofree char *label = NULL;
  SecretValue     *value;
  GCancellable    *cancellable = g_task_get_cancellable (task);
  Work            *work = g_task_get_task_data (task);
  GError          *error = NULL;

  service = secret_service_get_finish (result, &error);
  stop_deadline (work);
  /* Not by g_cancellable_disconnect(), which would wait for ever where this is
   * called from within the cancelling. */
  if (work->cancel_handler != 0)
    g_signal_handler_disconnect (cancellable, work->cancel_handler);

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      return;
    }
  if (service == NULL)
    {
      use_file (task, error);
      return;
    }

  work->place = TD_SECRETS_SERVICE;
  attributes = secret_attributes_build (&schema, "profile", work->profile, NULL);
  switch (work->operation)
    {
    case LOOK_UP:
      secret_service_lookup (service, &schema, attributes, cancellable, looked_up_cb, g_steal_pointer (&task));
      break;

    case STORE:
      /* Translators: name of a secret in the keyring; %s is a profile. */
      label = g_strdup_printf (_ ("Tổng Đài: secret of “%s”"), work->profile);
      value = secret_value_new (work->secret, -1, "text/plain");
      secret_service_store (service, &schema, attributes, SECRET_COLLECTION_DEFAULT, label, value,
                            cancellable, stored_cb, g_steal_pointer (&task));
      secret_value_unref (value);
      break;

    case CLEAR:
      secret_service_clear (service, &schema, attributes, cancellable, cleared_cb, g_steal_pointer (&task));
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
cancel_probe_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* Asks the service for anything at all, which starts it where it can be. */
static void
probe (GTask *task)
{
  Work         *work = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  work->probe = g_cancellable_new ();
  if (cancellable != NULL)
    work->cancel_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_probe_cb),
                                                  g_object_ref (work->probe), g_object_unref);
  work->deadline = g_timeout_source_new (SERVICE_DEADLINE_MS);
  g_source_set_callback (work->deadline, deadline_cb, g_object_ref (work->probe), g_object_unref);
  g_source_attach (work->deadline, g_main_context_get_thread_default ());

  secret_service_get (SECRET_SERVICE_OPEN_SESSION, work->probe, probed_cb, g_object_ref (task));
}

/* It becomes the name of a file. */
static gboolean
is_key (const char *key)
{
  g_autofree char *profile = g_strdup (key);

  if (g_str_equal (key, TD_SECRETS_WALLS))
    return TRUE;
  if (g_str_has_suffix (profile, WEBHOOK_SUFFIX))
    profile[strlen (profile) - strlen (WEBHOOK_SUFFIX)] = '\0';

  return td_profile_is_name (profile);
}

static GTask *
start (Operation           operation,
       const char         *profile,
       const char         *secret,
       GCancellable       *cancellable,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->operation = operation;
  work->profile = g_strdup (profile);
  work->secret = g_strdup (secret);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, work, free_work);

  if (!is_key (profile))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME, _ ("“%s” cannot be a profile’s name"), profile);
      return NULL;
    }

  return g_steal_pointer (&task);
}

static gboolean
finish (GAsyncResult   *result,
        TdSecretsPlace *place,
        GError        **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));

  if (place != NULL)
    *place = TD_SECRETS_NONE;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  if (place != NULL)
    *place = work->place;

  return TRUE;
}

/**
 * td_secrets_lookup_async:
 * @profile: a profile's name
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: data for @callback
 *
 * Looks a profile's secret up: in its file, then in the Secret Service, which
 * may ask the person to open the keyring.
 */
void
td_secrets_lookup_async (const char         *profile,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Work   *work;

  g_return_if_fail (profile != NULL);

  task = start (LOOK_UP, profile, NULL, cancellable, callback, user_data);
  if (task == NULL)
    return;

  work = g_task_get_task_data (task);
  work->secret = td_secrets_file_lookup (profile, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (work->secret != NULL)
    {
      work->place = TD_SECRETS_FILE;
      g_task_return_boolean (task, TRUE);
    }
  else
    probe (task);
}

/**
 * td_secrets_lookup_finish:
 * @result: the result
 * @place: (out) (optional): where the secret is
 * @error: return location; a file that others can read, a keyring that stays shut
 *
 * Returns: (transfer full) (nullable): the secret, for td_secrets_free(); %NULL
 *   without @error, and %TD_SECRETS_NONE, where there is none
 */
char *
td_secrets_lookup_finish (GAsyncResult   *result,
                          TdSecretsPlace *place,
                          GError        **error)
{
  Work *work;

  g_return_val_if_fail (g_async_result_is_tagged (result, start), NULL);

  if (!finish (result, place, error))
    return NULL;

  work = g_task_get_task_data (G_TASK (result));

  return g_steal_pointer (&work->secret);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/**
 * td_secrets_lookup_sync:
 * @profile: a profile's name
 * @place: (out) (optional): where the secret is
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * As td_secrets_lookup_async(), for the command line: turns the main context
 * until it is known, for a minute at most.
 *
 * Returns: (transfer full) (nullable): likewise
 */
char *
td_secrets_lookup_sync (const char     *profile,
                        TdSecretsPlace *place,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_autoptr (GCancellable) own = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GSource) deadline = g_timeout_source_new (SYNC_DEADLINE_MS);
  GMainContext *context = g_main_context_get_thread_default ();
  gulong        handler = 0;

  g_return_val_if_fail (profile != NULL, NULL);

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_probe_cb), own, NULL);
  g_source_set_callback (deadline, deadline_cb, own, NULL);
  g_source_attach (deadline, context);

  td_secrets_lookup_async (profile, own, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);

  g_source_destroy (deadline);
  g_cancellable_disconnect (cancellable, handler);

  return td_secrets_lookup_finish (result, place, error);
}

/**
 * td_secrets_store_async:
 * @profile: a profile's name
 * @secret: its secret; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is stored
 * @user_data: data for @callback
 *
 * Stores a secret in the Secret Service, which may ask the person to open the
 * keyring; where that does not work out, in a file.
 */
void
td_secrets_store_async (const char         *profile,
                        const char         *secret,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (profile != NULL);
  g_return_if_fail (secret != NULL);

  task = start (STORE, profile, secret, cancellable, callback, user_data);
  if (task == NULL)
    return;

  if (td_secrets_file_check (secret, &error))
    probe (task);
  else
    g_task_return_error (task, error);
}

/**
 * td_secrets_store_finish:
 * @result: the result
 * @place: (out) (optional): where the secret went; of a file, tell the person
 * @error: return location
 *
 * Returns: whether it was stored
 */
gboolean
td_secrets_store_finish (GAsyncResult   *result,
                         TdSecretsPlace *place,
                         GError        **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, start), FALSE);

  return finish (result, place, error);
}

/**
 * td_secrets_clear_async:
 * @profile: a profile's name
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @user_data: data for @callback
 *
 * Forgets a profile's secret, wherever it is.
 */
void
td_secrets_clear_async (const char         *profile,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (profile != NULL);

  task = start (CLEAR, profile, NULL, cancellable, callback, user_data);
  if (task == NULL)
    return;

  if (td_secrets_file_clear (profile, &error))
    probe (task);
  else
    g_task_return_error (task, error);
}

/**
 * td_secrets_clear_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: whether it is nowhere any more
 */
gboolean
td_secrets_clear_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, start), FALSE);

  return finish (result, NULL, error);
}

/**
 * td_secrets_get_webhook_key:
 * @profile: a profile's name
 *
 * Returns: (transfer full): what stands for its webhook in the place of a
 *   profile's name
 */
char *
td_secrets_get_webhook_key (const char *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);

  return g_strconcat (profile, WEBHOOK_SUFFIX, NULL);
}

/**
 * td_secrets_get_file_path:
 * @profile: a profile's name
 *
 * Returns: (transfer full): path of the file that a secret is in where no
 *   keyring keeps it, to tell the person
 */
char *
td_secrets_get_file_path (const char *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);

  return td_secrets_file_get_path (profile);
}

/**
 * td_secrets_free:
 * @secret: (transfer full) (nullable): a secret
 *
 * Wipes and frees it.
 */
void
td_secrets_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
