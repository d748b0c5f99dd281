/* test-options.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "td-options.h"

static TdOptions *
parse (const char *name,
       GVariant   *value,
       const char *other,
       GVariant   *other_value,
       GError    **error)
{
  g_autoptr (GVariantDict) dict = g_variant_dict_new (NULL);

  g_variant_dict_insert_value (dict, name, value);
  if (other != NULL)
    g_variant_dict_insert_value (dict, other, other_value);

  return td_options_parse (dict, error);
}

static void
assert_refused (const char *name,
                GVariant   *value,
                const char *other,
                GVariant   *other_value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOptions) options = parse (name, value, other, other_value, &error);

  g_assert_null (options);
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_assert_nonnull (g_strstr_len (error->message, -1, name));
}

static void
test_refuses_what_makes_no_sense (void)
{
  assert_refused ("size", g_variant_new_string ("big"), NULL, NULL);
  assert_refused ("size", g_variant_new_string ("1366x768x2"), NULL, NULL);
  assert_refused ("size", g_variant_new_string ("1x1"), NULL, NULL);
  assert_refused ("size", g_variant_new_string ("99999x99999"), NULL, NULL);
  assert_refused ("page", g_variant_new_string ("floor"), NULL, NULL);
  assert_refused ("render-after", g_variant_new_int32 (-1), NULL, NULL);
  assert_refused ("demo", g_variant_new_boolean (TRUE), "url", g_variant_new_string ("http://127.0.0.1"));
  assert_refused ("profile", g_variant_new_string ("a"), "demo", g_variant_new_boolean (TRUE));
  assert_refused ("check", g_variant_new_string ("a"), "dump", g_variant_new_string ("a"));
  assert_refused ("list-profiles", g_variant_new_boolean (TRUE), "url", g_variant_new_string ("http://127.0.0.1"));
  assert_refused ("after", g_variant_new_int32 (5), "check", g_variant_new_string ("a"));
  assert_refused ("after", g_variant_new_int32 (-1), "dump", g_variant_new_string ("a"));
  assert_refused ("after", g_variant_new_int32 (86401), "dump", g_variant_new_string ("a"));
  assert_refused ("dark", g_variant_new_boolean (TRUE), "light", g_variant_new_boolean (TRUE));
  assert_refused ("scenario", g_variant_new_string ("outage"), NULL, NULL);
}

static void
test_passes_on_what_the_demo_centre_knows (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOptions) options = parse ("demo", g_variant_new_boolean (TRUE),
                                         "scenario", g_variant_new_string ("outage"), &error);

  g_assert_no_error (error);
  g_assert_true (options->demo);
  g_assert_cmpstr (options->demo_options[0], ==, "--scenario=outage");
  g_assert_null (options->demo_options[1]);
}

static void
test_reads_a_size (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOptions) options = parse ("size", g_variant_new_string ("1366x768"), NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (options->width, ==, 1366);
  g_assert_cmpint (options->height, ==, 768);
}

static void
assert_token (const char *text,
              const char *token)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOptions) options = NULL;
  int fd = g_file_open_tmp ("token-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  options = parse ("token-file", g_variant_new_bytestring (path), NULL, NULL, &error);
  g_unlink (path);

  if (token != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (options->token, ==, token);
      return;
    }

  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  /* What was in the file is nobody's business. */
  g_assert_true (text[0] == '\0' || g_strstr_len (error->message, -1, text) == NULL);
}

static void
test_reads_a_token_and_tells_it_nobody (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');

  assert_token ("s3cret\n", "s3cret");
  assert_token ("  s3cret read\n", "s3cret");
  assert_token ("", NULL);
  assert_token ("s3crét", NULL);
  assert_token (long_text, NULL);
}

/* A token of the environment belongs to --url; it is not taken for the secret
 * of whatever profile is opened from the same shell. */
static void
test_secret_of_the_environment (void)
{
  g_autoptr (TdOptions) with_token = NULL;
  g_autoptr (TdOptions) with_secret = NULL;
  g_autoptr (TdConnection) connection = NULL;

  g_setenv ("TONGDAI_TOKEN", "t0ken", TRUE);
  with_token = parse ("profile", g_variant_new_string ("a"), NULL, NULL, NULL);
  g_assert_cmpstr (with_token->token, ==, "t0ken");
  g_assert_null (with_token->secret);

  g_setenv ("TONGDAI_SECRET", "with a space", TRUE);
  with_secret = parse ("url", g_variant_new_string ("http://192.0.2.1"),
                       "allow-plain-http", g_variant_new_boolean (TRUE), NULL);
  g_assert_cmpstr (with_secret->secret, ==, "with a space");
  connection = td_options_create_connection (with_secret, with_secret->url);
  g_assert_cmpstr (connection->url, ==, "http://192.0.2.1");
  g_assert_cmpstr (connection->secret, ==, "with a space");
  g_assert_true (connection->allow_plain);

  g_unsetenv ("TONGDAI_TOKEN");
  g_unsetenv ("TONGDAI_SECRET");
}

static void
test_a_wall_needs_no_file (void)
{
  g_auto (GStrv) arguments = g_strsplit ("tongdai --wall --demo --wall=a.ini -- --wall", " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOptions) options = parse ("wall", g_variant_new_bytestring ("a.ini"), NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (options->wall, ==, "a.ini");
  assert_refused ("wall", g_variant_new_bytestring (""), "render", g_variant_new_bytestring ("folder"));

  td_options_prepare (arguments);
  g_assert_cmpstr (arguments[1], ==, "--wall=");
  g_assert_cmpstr (arguments[2], ==, "--demo");
  g_assert_cmpstr (arguments[3], ==, "--wall=a.ini");
  g_assert_cmpstr (arguments[5], ==, "--wall");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("TONGDAI_TOKEN");
  g_unsetenv ("TONGDAI_SECRET");

  g_test_add_func ("/options/a-wall-needs-no-file", test_a_wall_needs_no_file);
  g_test_add_func ("/options/refuses-what-makes-no-sense", test_refuses_what_makes_no_sense);
  g_test_add_func ("/options/passes-on-what-the-demo-centre-knows", test_passes_on_what_the_demo_centre_knows);
  g_test_add_func ("/options/reads-a-size", test_reads_a_size);
  g_test_add_func ("/options/reads-a-token-and-tells-it-nobody", test_reads_a_token_and_tells_it_nobody);
  g_test_add_func ("/options/secret-of-the-environment", test_secret_of_the_environment);

  return g_test_run ();
}
