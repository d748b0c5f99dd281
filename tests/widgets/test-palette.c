/* test-palette.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-palette.h"

/* Reads the colours out of the style sheets and judges them as eyes do that
 * see all colours, and as those do that lack the cones for green
 * (deuteranopia) or for red (protanopia). */

/* The least distance of two states' colours, CIEDE2000: about ten times what
 * can just be told apart side by side. Their shapes tell them apart besides. */
#define LEAST_DISTANCE 10

/* WCAG 2.1: text, and marks and outlines that mean something. */
#define TEXT_CONTRAST 4.5
#define MARK_CONTRAST 3.0

typedef struct
{
  double red;
  double green;
  double blue;
} Light; /* linear, 0…1 */

typedef struct
{
  double l;
  double a;
  double b;
} Lab;

/* Machado, Oliveira and Fernandes, “A Physiologically-based Model for
 * Simulation of Color Vision Deficiency”, 2009, severity 1.0, linear RGB. */
static const double eyes[][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
};

static const char *const eye_names[] = { "all colours", "protanopia", "deuteranopia" };

/* name (string) -> GdkRGBA, with those of a sheet in the place of earlier ones. */
static void
read_colours (GHashTable *colours,
              const char *name)
{
  g_autofree char *path = g_build_filename (TD_DATA_DIR, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("@define-color\\s+(\\w+)\\s+([^;]+);", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *value = g_match_info_fetch (match, 2);
      GdkRGBA          colour;

      if (gdk_rgba_parse (&colour, value))
        g_hash_table_insert (colours, g_match_info_fetch (match, 1), g_memdup2 (&colour, sizeof colour));
      g_match_info_next (match, NULL);
    }
}

static GHashTable *
load_style (gboolean is_dark)
{
  GHashTable *colours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  read_colours (colours, "style.css");
  if (is_dark)
    read_colours (colours, "style-dark.css");

  return colours;
}

static double
to_linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static Light
get_light (GHashTable *colours,
           const char *name)
{
  const GdkRGBA *colour = g_hash_table_lookup (colours, name);

  if (colour == NULL)
    g_error ("The style sheet has no colour %s", name);

  return (Light){ to_linear (colour->red), to_linear (colour->green), to_linear (colour->blue) };
}

static Light
see (Light light,
     guint eye)
{
  const double (*m)[3] = eyes[eye];

  return (Light){
    CLAMP (m[0][0] * light.red + m[0][1] * light.green + m[0][2] * light.blue, 0, 1),
    CLAMP (m[1][0] * light.red + m[1][1] * light.green + m[1][2] * light.blue, 0, 1),
    CLAMP (m[2][0] * light.red + m[2][1] * light.green + m[2][2] * light.blue, 0, 1),
  };
}

static double
bend (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

/* Of sRGB under D65. */
static Lab
to_lab (Light light)
{
  double x = bend ((0.4124564 * light.red + 0.3575761 * light.green + 0.1804375 * light.blue) / 0.95047);
  double y = bend (0.2126729 * light.red + 0.7151522 * light.green + 0.0721750 * light.blue);
  double z = bend ((0.0193339 * light.red + 0.1191920 * light.green + 0.9503041 * light.blue) / 1.08883);

  return (Lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static double
degrees (double radians)
{
  return radians * 180 / G_PI;
}

static double
radians (double degrees)
{
  return degrees * G_PI / 180;
}

static double
hue (double a,
     double b)
{
  double angle = a == 0 && b == 0 ? 0 : degrees (atan2 (b, a));

  return angle < 0 ? angle + 360 : angle;
}

/* Sharma, Wu and Dalal, “The CIEDE2000 Color-Difference Formula:
 * Implementation Notes, Supplementary Test Data, and Mathematical
 * Observations”, 2005. */
static double
get_distance (Lab p,
              Lab q)
{
  double c7 = pow ((hypot (p.a, p.b) + hypot (q.a, q.b)) / 2, 7);
  double g = 0.5 * (1 - sqrt (c7 / (c7 + pow (25, 7))));
  double a1 = (1 + g) * p.a, a2 = (1 + g) * q.a;
  double c1 = hypot (a1, p.b), c2 = hypot (a2, q.b);
  double h1 = hue (a1, p.b), h2 = hue (a2, q.b);
  double turn = h2 - h1;
  double l = (p.l + q.l) / 2, c = (c1 + c2) / 2, h = h1 + h2;
  double t, dl, dc, dh, sl, sc, sh, rc, rt;

  if (c1 * c2 == 0)
    turn = 0;
  else if (turn > 180)
    turn -= 360;
  else if (turn < -180)
    turn += 360;
  if (c1 * c2 != 0)
    h = fabs (h1 - h2) <= 180 ? h / 2 : h < 360 ? (h + 360) / 2
                                                : (h - 360) / 2;

  dl = q.l - p.l;
  dc = c2 - c1;
  dh = 2 * sqrt (c1 * c2) * sin (radians (turn / 2));
  t = 1 - 0.17 * cos (radians (h - 30)) + 0.24 * cos (radians (2 * h)) + 0.32 * cos (radians (3 * h + 6)) -
      0.20 * cos (radians (4 * h - 63));
  sl = 1 + 0.015 * pow (l - 50, 2) / sqrt (20 + pow (l - 50, 2));
  sc = 1 + 0.045 * c;
  sh = 1 + 0.015 * c * t;
  rc = 2 * sqrt (pow (c, 7) / (pow (c, 7) + pow (25, 7)));
  rt = -sin (radians (60 * exp (-pow ((h - 275) / 25, 2)))) * rc;

  return sqrt (pow (dl / sl, 2) + pow (dc / sc, 2) + pow (dh / sh, 2) + rt * (dc / sc) * (dh / sh));
}

static double
get_luminance (Light light)
{
  return 0.2126 * light.red + 0.7152 * light.green + 0.0722 * light.blue;
}

static double
get_contrast (GHashTable *colours,
              const char *one,
              const char *other)
{
  double a = get_luminance (get_light (colours, one));
  double b = get_luminance (get_light (colours, other));

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* The formula itself, against pairs that its authors published. */
static void
test_distance_is_the_published_one (void)
{
  static const struct
  {
    Lab    one;
    Lab    other;
    double distance;
  } pairs[] = {
    { { 50, 2.6772, -79.7751 }, { 50, 0, -82.7485 }, 2.0425 },
    { { 50, 2.5, 0 }, { 73, 25, -18 }, 27.1492 },
    { { 50, 2.5, 0 }, { 50, 3.1736, 0.5854 }, 1.0000 },
    { { 60.2574, -34.0099, 36.2677 }, { 60.4626, -34.1751, 39.4387 }, 1.2644 },
    { { 22.7233, 20.0904, -46.6940 }, { 23.0331, 14.9730, -42.5619 }, 2.0373 },
    { { 50, -1, 2 }, { 50, 0, 0 }, 2.3669 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpfloat_with_epsilon (get_distance (pairs[i].one, pairs[i].other), pairs[i].distance, 5e-5);
}

static void
test_states_are_told_apart (gconstpointer data)
{
  gboolean is_dark = GPOINTER_TO_INT (data);
  g_autoptr (GHashTable) colours = load_style (is_dark);

  for (guint eye = 0; eye < G_N_ELEMENTS (eyes); eye++)
    {
      double      least = G_MAXDOUBLE;
      const char *one = NULL, *other = NULL;

      for (int i = TD_AGENT_STATE_AVAILABLE; i <= TD_AGENT_STATE_OFFLINE; i++)
        for (int k = i + 1; k <= TD_AGENT_STATE_OFFLINE; k++)
          {
            const char *a = td_palette_state_colour (i), *b = td_palette_state_colour (k);
            double      distance = get_distance (to_lab (see (get_light (colours, a), eye)),
                                                 to_lab (see (get_light (colours, b), eye)));

            if (distance < least)
              {
                least = distance;
                one = a;
                other = b;
              }
          }
      g_test_message ("%s, %s: the nearest are %s and %s, %.1f", is_dark ? "dark" : "light", eye_names[eye], one, other, least);
      g_assert_cmpfloat (least, >=, LEAST_DISTANCE);
    }
}

static void
check_contrast (GHashTable        *colours,
                const char *const *names,
                const char *const *grounds,
                double             least)
{
  for (guint i = 0; names[i] != NULL; i++)
    for (guint k = 0; grounds[k] != NULL; k++)
      {
        double contrast = get_contrast (colours, names[i], grounds[k]);

        if (contrast < least)
          g_test_message ("%s on %s: %.2f : 1, wanted %.1f", names[i], grounds[k], contrast, least);
        g_assert_cmpfloat (contrast, >=, least);
      }
}

static void
test_text_can_be_read (gconstpointer data)
{
  g_autoptr (GHashTable) colours = load_style (GPOINTER_TO_INT (data));
  const char *const texts[] = { "td_text", "td_secondary", "td_stale", "td_axis", "td_amber_text", "td_red_text", NULL };
  const char *const grounds[] = { "td_page", "td_card", "td_tile", NULL };
  const char *const on_amber[] = { "td_text", "td_amber_text", NULL };
  const char *const on_red[] = { "td_text", "td_red_on_tile", NULL };

  check_contrast (colours, texts, grounds, TEXT_CONTRAST);
  check_contrast (colours, on_amber, (const char *const[]){ "td_amber_tile", NULL }, TEXT_CONTRAST);
  check_contrast (colours, on_red, (const char *const[]){ "td_red_tile", NULL }, TEXT_CONTRAST);
  check_contrast (colours, (const char *const[]){ "td_now_text", NULL }, (const char *const[]){ "td_now", NULL }, TEXT_CONTRAST);
}

static void
test_marks_stand_out (gconstpointer data)
{
  g_autoptr (GHashTable) colours = load_style (GPOINTER_TO_INT (data));
  const char *const grounds[] = { "td_page", "td_card", NULL };
  const char *const filled[] = { "td_tile", "td_amber_tile", "td_red_tile", NULL };

  for (int i = TD_AGENT_STATE_AVAILABLE; i <= TD_AGENT_STATE_OFFLINE; i++)
    {
      const char *const names[] = { td_palette_state_colour (i), NULL };

      check_contrast (colours, names, grounds, MARK_CONTRAST);
      /* Nobody offline is warned of, and the tile has no ground. */
      if (i != TD_AGENT_STATE_OFFLINE)
        check_contrast (colours, names, filled, MARK_CONTRAST);
    }
  check_contrast (colours, (const char *const[]){ "td_red", "td_line", "td_normal", NULL }, grounds, MARK_CONTRAST);
}

static void
test_a_wall_can_be_read (gconstpointer data)
{
  g_autoptr (GHashTable) colours = load_style (GPOINTER_TO_INT (data));
  const char *const texts[] = { "td_wall_text", "td_wall_secondary", "td_wall_number", "td_wall_amber", "td_wall_alarm", "td_wall_stale", NULL };
  const char *const grounds[] = { "td_wall_background", "td_wall_surface", NULL };
  const char *const on_red[] = { "td_wall_on_red", "td_wall_on_red_secondary", NULL };
  const char *const marks[] = { "td_wall_ok", "td_wall_band_80", "td_wall_accent", NULL };

  check_contrast (colours, texts, grounds, TEXT_CONTRAST);
  check_contrast (colours, on_red, (const char *const[]){ "td_wall_red", NULL }, TEXT_CONTRAST);
  check_contrast (colours, marks, (const char *const[]){ "td_wall_surface", NULL }, 2);
  for (int i = TD_AGENT_STATE_AVAILABLE; i <= TD_AGENT_STATE_OFFLINE; i++)
    {
      const char *const names[] = { td_palette_state_colour (i), NULL };

      check_contrast (colours, names, (const char *const[]){ "td_wall_surface", NULL }, MARK_CONTRAST);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/palette/distance-is-the-published-one", test_distance_is_the_published_one);
  g_test_add_data_func ("/palette/states-are-told-apart/light", GINT_TO_POINTER (FALSE), test_states_are_told_apart);
  g_test_add_data_func ("/palette/states-are-told-apart/dark", GINT_TO_POINTER (TRUE), test_states_are_told_apart);
  g_test_add_data_func ("/palette/text-can-be-read/light", GINT_TO_POINTER (FALSE), test_text_can_be_read);
  g_test_add_data_func ("/palette/text-can-be-read/dark", GINT_TO_POINTER (TRUE), test_text_can_be_read);
  g_test_add_data_func ("/palette/marks-stand-out/light", GINT_TO_POINTER (FALSE), test_marks_stand_out);
  g_test_add_data_func ("/palette/marks-stand-out/dark", GINT_TO_POINTER (TRUE), test_marks_stand_out);
  g_test_add_data_func ("/palette/a-wall-can-be-read/light", GINT_TO_POINTER (FALSE), test_a_wall_can_be_read);
  g_test_add_data_func ("/palette/a-wall-can-be-read/dark", GINT_TO_POINTER (TRUE), test_a_wall_can_be_read);

  return g_test_run ();
}
