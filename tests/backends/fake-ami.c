/* fake-ami.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fake-ami.h"

#include <string.h>

#include "ami-fixture.h"

#define REALM "callcentre1"
#define WAITED "Response: Success\r\nMessage: Waiting for Event completed.\r\n\r\n"
#define WAITED_END "Event: WaitEventComplete\r\n\r\n"

/* More than any limit, in pieces. */
#define ENDLESS_PIECE (1024 * 1024)

typedef struct
{
  FakeAmi           *ami;
  char              *mask;
  GString           *events; /* that were not fetched yet */
  SoupServerMessage *held;   /* (owned) (nullable): a WaitEvent */
  guint              timeout_source;
} Session;

typedef struct
{
  FakeAmiManner manner;
  guint         status;
  GBytes       *body; /* (nullable) */
} Spoilt;

struct _FakeAmi
{
  SoupServer *server;
  char       *url;
  gboolean    digest;
  guint       n_cookies;
  guint       fresh_nonce; /* that began no session yet */
  guint       n_secrets_in_urls;
  guint       n_requests;

  GHashTable *sessions; /* cookie, or nonce (string) -> Session */
  GHashTable *answers;  /* action (string) -> GBytes */
  GHashTable *spoilt;   /* action (string) -> Spoilt, once */
  GHashTable *counts;   /* action (string) -> guint */
  GHashTable *last;     /* action (string) -> GHashTable of its form */
  GPtrArray  *silent;   /* (element-type SoupServerMessage): never answered */
};

static void
spoilt_free (Spoilt *spoilt)
{
  g_clear_pointer (&spoilt->body, g_bytes_unref);
  g_free (spoilt);
}

static void
answer_with (SoupServerMessage *message,
             GBytes            *body)
{
  SoupMessageBody *response = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "text/plain", NULL);
  if (g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (response, body);
}

static void
answer_fixture (SoupServerMessage *message,
                const char        *name)
{
  g_autoptr (GBytes) body = ami_fixture_load (name);

  answer_with (message, body);
}

static void
answer_events (Session           *session,
               SoupServerMessage *message)
{
  g_autofree char *text = g_strconcat (WAITED, session->events->str, WAITED_END, NULL);
  g_autoptr (GBytes) body = ami_fixture_from_string (text);

  answer_with (message, body);
  g_string_truncate (session->events, 0);
}

static void
release (Session *session,
         gboolean with_events)
{
  g_autoptr (SoupServerMessage) held = g_steal_pointer (&session->held);

  g_clear_handle_id (&session->timeout_source, g_source_remove);
  if (held == NULL)
    return;

  if (with_events)
    answer_events (session, held);
  else
    {
      g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

      answer_with (held, nothing);
    }
  soup_server_message_unpause (held);
}

static void
session_free (Session *session)
{
  g_clear_handle_id (&session->timeout_source, g_source_remove);
  if (session->held != NULL)
    {
      answer_fixture (session->held, "raw-nosession.http");
      soup_server_message_unpause (session->held);
      g_clear_object (&session->held);
    }
  g_free (session->mask);
  g_string_free (session->events, TRUE);
  g_free (session);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Session *session = user_data;

  session->timeout_source = 0;
  release (session, TRUE);

  return G_SOURCE_REMOVE;
}

static Session *
add_session (FakeAmi    *self,
             const char *id,
             const char *mask)
{
  Session *session = g_new0 (Session, 1);

  session->ami = self;
  session->mask = g_strdup (mask);
  session->events = g_string_new (NULL);
  g_hash_table_insert (self->sessions, g_strdup (id), session);

  return session;
}

/* As the server does it: a second WaitEvent ends the first, which is answered
 * with nothing at all. */
static void
wait_event (Session           *session,
            SoupServerMessage *message,
            const char        *timeout)
{
  guint64 seconds = g_ascii_strtoull (timeout, NULL, 10);

  release (session, FALSE);

  if (session->events->len > 0 || seconds == 0)
    {
      answer_events (session, message);
      return;
    }

  session->held = g_object_ref (message);
  session->timeout_source = g_timeout_add_seconds ((guint)seconds, timeout_cb, session);
  soup_server_message_pause (message);
}

static void
set_cookie (FakeAmi           *self,
            SoupServerMessage *message,
            const char        *cookie)
{
  g_autofree char *fresh = g_strdup_printf ("\"%08x\"", ++self->n_cookies);
  g_autofree char *value = g_strdup_printf ("mansession_id=%s; Version=1; Max-Age=60", cookie != NULL ? cookie : fresh);

  soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie", value);
}

static void
log_in (FakeAmi           *self,
        SoupServerMessage *message,
        GHashTable        *form)
{
  g_autofree char *cookie = NULL;

  if (g_strcmp0 (g_hash_table_lookup (form, "Username"), FAKE_AMI_USER) != 0 ||
      g_strcmp0 (g_hash_table_lookup (form, "Secret"), FAKE_AMI_SECRET) != 0)
    {
      set_cookie (self, message, NULL);
      answer_fixture (message, "raw-badlogin.http");
      return;
    }

  cookie = g_strdup_printf ("\"%08x\"", ++self->n_cookies);
  add_session (self, cookie, g_hash_table_lookup (form, "Events"));
  set_cookie (self, message, cookie);
  answer_fixture (message, "raw-login.http");
}

static void
ask_for_digest (FakeAmi           *self,
                SoupServerMessage *message,
                gboolean           stale)
{
  guint            nonce = self->fresh_nonce = ++self->n_cookies;
  g_autofree char *challenge = g_strdup_printf ("Digest algorithm=MD5, realm=\"" REALM "\", nonce=\"%08x\", "
                                                "qop=\"auth\", opaque=\"%08x\"%s",
                                                nonce, nonce, stale ? ", stale=true" : "");

  soup_message_headers_append (soup_server_message_get_response_headers (message), "WWW-Authenticate", challenge);
  soup_server_message_set_status (message, SOUP_STATUS_UNAUTHORIZED, NULL);
}

static char *
hash (const char *first,
      ...) G_GNUC_NULL_TERMINATED;

static char *
hash (const char *first,
      ...)
{
  g_autoptr (GString) text = g_string_new (first);
  va_list     parts;
  const char *part;

  va_start (parts, first);
  while ((part = va_arg (parts, const char *)) != NULL)
    g_string_append_printf (text, ":%s", part);
  va_end (parts);

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, text->str, -1);
}

/* Returns the session of the nonce, or NULL when the message is answered. */
static Session *
check_digest (FakeAmi           *self,
              SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                     "Authorization");
  g_autoptr (GHashTable) given = NULL;
  g_autofree char *a1 = hash (FAKE_AMI_USER, REALM, FAKE_AMI_SECRET, NULL);
  g_autofree char *a2 = NULL;
  g_autofree char *expected = NULL;
  const char      *nonce;
  Session         *session;

  if (header == NULL || !g_str_has_prefix (header, "Digest "))
    {
      ask_for_digest (self, message, FALSE);
      return NULL;
    }

  given = soup_header_parse_param_list (header + strlen ("Digest "));
  nonce = g_hash_table_lookup (given, "nonce");
  a2 = hash (soup_server_message_get_method (message), g_hash_table_lookup (given, "uri"), NULL);
  expected = hash (a1, nonce, g_hash_table_lookup (given, "nc"), g_hash_table_lookup (given, "cnonce"), "auth", a2, NULL);
  if (g_strcmp0 (expected, g_hash_table_lookup (given, "response")) != 0)
    {
      ask_for_digest (self, message, FALSE);
      return NULL;
    }

  /* The nonce of a session that was forgotten is too old. */
  session = g_hash_table_lookup (self->sessions, nonce);
  if (session == NULL && g_ascii_strtoull (nonce, NULL, 16) != self->fresh_nonce)
    {
      ask_for_digest (self, message, TRUE);
      return NULL;
    }

  self->fresh_nonce = 0;

  return session != NULL ? session : add_session (self, nonce, "all");
}

static Session *
find_session (FakeAmi           *self,
              SoupServerMessage *message)
{
  static const char name[] = "mansession_id=";
  const char       *cookie = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Cookie");
  Session          *session = NULL;

  if (cookie != NULL && g_str_has_prefix (cookie, name))
    {
      session = g_hash_table_lookup (self->sessions, cookie + strlen (name));
      if (session != NULL)
        set_cookie (self, message, cookie + strlen (name));
    }
  if (session == NULL)
    set_cookie (self, message, NULL);

  return session;
}

static const char *
find_usual (const char *action)
{
  static const char *const names[][2] = {
    { "CoreSettings", "raw-coresettings.http" },
    { "CoreStatus", "raw-corestatus.http" },
    { "Getvar", "raw-getvar-zone.http" },
    { "ListCommands", "raw-listcommands.http" },
    { "Ping", "raw-ping.http" },
    { "QueueStatus", "raw-queuestatus.http" },
    { "Status", "raw-status.http" },
    { "QueuePause", "raw-queuepause-denied.http" },
    { "Logoff", "raw-logoff.http" },
    { "Events", "raw-login.http" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (names[i][0], action) == 0)
        return names[i][1];
    }

  return "raw-noaction.http";
}

static void
wrote_piece_cb (SoupServerMessage *message,
                gpointer           user_data)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autofree char *piece = g_malloc (ENDLESS_PIECE);

  memset (piece, 'x', ENDLESS_PIECE);
  soup_message_body_append (body, SOUP_MEMORY_COPY, piece, ENDLESS_PIECE);
}

static void
cut_cb (SoupServerMessage *message,
        gpointer           user_data)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
answer_spoilt (FakeAmi           *self,
               SoupServerMessage *message,
               const Spoilt      *spoilt)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  GBytes *body = spoilt->body != NULL ? spoilt->body : nothing;

  if (spoilt->manner == FAKE_AMI_SILENT)
    {
      g_ptr_array_add (self->silent, g_object_ref (message));
      soup_server_message_pause (message);
      return;
    }

  answer_with (message, body);
  if (spoilt->status != 0)
    soup_server_message_set_status (message, spoilt->status, NULL);
  if (SOUP_STATUS_IS_REDIRECTION (spoilt->status))
    soup_message_headers_replace (headers, "Location", "https://elsewhere.example/asterisk/rawman");

  if (spoilt->manner == FAKE_AMI_CUT)
    {
      soup_message_headers_set_content_length (headers, (goffset)g_bytes_get_size (body) + 1000);
      g_signal_connect (message, "wrote-chunk", G_CALLBACK (cut_cb), NULL);
      g_signal_connect (message, "wrote-body-data", G_CALLBACK (cut_cb), NULL);
    }
  else if (spoilt->manner == FAKE_AMI_ENDLESS)
    {
      soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
      wrote_piece_cb (message, NULL);
      g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_piece_cb), NULL);
    }
}

static void
remember (FakeAmi    *self,
          const char *action,
          GHashTable *form)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, action));

  g_hash_table_insert (self->counts, g_strdup (action), GUINT_TO_POINTER (count + 1));
  g_hash_table_insert (self->last, g_strdup (action), g_hash_table_ref (form));
}

static void
answer_action (FakeAmi           *self,
               SoupServerMessage *message,
               Session           *session,
               const char        *action,
               GHashTable        *form)
{
  GBytes *body = g_hash_table_lookup (self->answers, action);

  if (g_strcmp0 (action, "WaitEvent") == 0)
    {
      wait_event (session, message, g_hash_table_lookup (form, "Timeout"));
      return;
    }

  if (g_strcmp0 (action, "Events") == 0)
    {
      g_free (session->mask);
      session->mask = g_strdup (g_hash_table_lookup (form, "EventMask"));
    }

  if (body != NULL)
    answer_with (message, body);
  else
    answer_fixture (message, find_usual (action));

  if (g_strcmp0 (action, "Logoff") == 0)
    {
      GHashTableIter iter;
      gpointer       value;

      g_hash_table_iter_init (&iter, self->sessions);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          if (value == session)
            g_hash_table_iter_remove (&iter);
        }
    }
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  FakeAmi         *self = user_data;
  SoupMessageBody *request = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) data = soup_message_body_flatten (request);
  g_autofree char *text = g_strndup (g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  g_autoptr (GHashTable) form = soup_form_decode (text);
  g_autofree char *url = g_uri_to_string (soup_server_message_get_uri (message));
  const char      *action = g_hash_table_lookup (form, "Action");
  Session         *session = NULL;
  Spoilt          *spoilt;

  self->n_requests++;
  if (g_uri_get_query (soup_server_message_get_uri (message)) != NULL || strstr (url, "s3cret") != NULL)
    self->n_secrets_in_urls++;

  if (g_strcmp0 (path, self->digest ? "/asterisk/arawman" : "/asterisk/rawman") != 0 || action == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  if (self->digest)
    {
      session = check_digest (self, message);
      if (session == NULL)
        return;
    }

  remember (self, action, form);

  spoilt = g_hash_table_lookup (self->spoilt, action);
  if (spoilt != NULL)
    {
      answer_spoilt (self, message, spoilt);
      g_hash_table_remove (self->spoilt, action);
      return;
    }

  if (!self->digest && g_strcmp0 (action, "Login") == 0)
    {
      log_in (self, message, form);
      return;
    }

  if (session == NULL)
    session = find_session (self, message);

  if (session == NULL)
    answer_fixture (message, "raw-nosession.http");
  else
    answer_action (self, message, session, action, form);
}

FakeAmi *
fake_ami_new (GTlsCertificate *certificate,
              gboolean         digest)
{
  FakeAmi *self = g_new0 (FakeAmi, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;
  GSList          *uris;

  self->digest = digest;
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)session_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  self->spoilt = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)spoilt_free);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  self->silent = g_ptr_array_new_with_free_func (g_object_unref);

  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  base = g_uri_to_string (uris->data);
  self->url = g_strconcat (base, "asterisk", NULL);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  return self;
}

void
fake_ami_free (FakeAmi *self)
{
  soup_server_disconnect (self->server);
  g_hash_table_unref (self->sessions);
  g_ptr_array_unref (self->silent);
  g_clear_object (&self->server);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->spoilt);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->last);
  g_free (self->url);
  g_free (self);

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

const char *
fake_ami_get_url (FakeAmi *self)
{
  return self->url;
}

void
fake_ami_answer (FakeAmi    *self,
                 const char *action,
                 GBytes     *body)
{
  if (body != NULL)
    g_hash_table_insert (self->answers, g_strdup (action), g_bytes_ref (body));
  else
    g_hash_table_remove (self->answers, action);
}

void
fake_ami_answer_fixture (FakeAmi    *self,
                         const char *action,
                         const char *name)
{
  g_autoptr (GBytes) body = ami_fixture_load (name);

  fake_ami_answer (self, action, body);
}

void
fake_ami_spoil (FakeAmi      *self,
                const char   *action,
                FakeAmiManner manner,
                guint         status,
                const char   *body)
{
  Spoilt *spoilt = g_new0 (Spoilt, 1);

  spoilt->manner = manner;
  spoilt->status = status;
  spoilt->body = body != NULL ? ami_fixture_from_string (body) : NULL;
  g_hash_table_insert (self->spoilt, g_strdup (action), spoilt);
}

/* Tells every session that wants to hear of it. */
void
fake_ami_push (FakeAmi    *self,
               const char *mask,
               const char *event)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Session *session = value;

      if (g_strcmp0 (session->mask, mask) != 0 && g_strcmp0 (session->mask, "all") != 0)
        continue;

      g_string_append (session->events, event);
      release (session, TRUE);
    }
}

/* Something happened that no session hears of, and every WaitEvent ends. */
void
fake_ami_wake (FakeAmi *self)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    release (value, TRUE);
}

void
fake_ami_forget_sessions (FakeAmi *self)
{
  g_hash_table_remove_all (self->sessions);
}

gboolean
fake_ami_is_holding (FakeAmi *self)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (((Session *)value)->held != NULL)
        return TRUE;
    }

  return FALSE;
}

guint
fake_ami_count (FakeAmi    *self,
                const char *action)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, action));
}

const char *
fake_ami_get_field (FakeAmi    *self,
                    const char *action,
                    const char *key)
{
  GHashTable *form = g_hash_table_lookup (self->last, action);

  return form != NULL ? g_hash_table_lookup (form, key) : NULL;
}

guint
fake_ami_get_n_secrets_in_urls (FakeAmi *self)
{
  return self->n_secrets_in_urls;
}

guint
fake_ami_get_n_sessions (FakeAmi *self)
{
  return g_hash_table_size (self->sessions);
}

guint
fake_ami_get_n_requests (FakeAmi *self)
{
  return self->n_requests;
}
