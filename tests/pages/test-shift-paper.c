/* test-shift-paper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sheets of shifts that are not as usual: nothing runs over an edge, and the
 * paper is white. With TONGDAI_PICTURES=FOLDER they are left there to be
 * looked at, in the language of the locale with TD_LOCALEDIR=FOLDER.
 */

#include "config.h"

#include <libintl.h>
#include <locale.h>
#include <math.h>

#include "td-shift-paper.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
/* 2026-11-20 08:00 in Asia/Ho_Chi_Minh. */
#define MORNING (G_GINT64_CONSTANT (1795136400) * G_USEC_PER_SEC)
/* 2026-12-31 20:00 there. */
#define LAST_EVENING (MORNING + (41 * 24 + 12) * HOUR)
#define N_MINUTES 720
#define LONG_NAME "Nguyễn Thị Ngọc Bích Hoàng Phương Thảo Như Quỳnh Trân Châu Bảo Anh Khánh Linh Diệu Hiền Mỹ Duyên " \
                  "Hồng Nhung Thùy Dương Cẩm Tú Xuân Mai Lan Hương Thanh Trúc Kim Ngân Ánh Tuyết Minh Nguyệt Hải Yến Đông"

static TdShiftSheet *
create (gint64 from)
{
  TdShiftSheet *sheet = td_shift_sheet_new (from, from + 12 * HOUR);

  sheet->centre = g_strdup ("Điện lực miền Nam");
  sheet->hotlines = g_strdup ("1900.9000, 1900.1006");
  sheet->timezone = g_strdup ("Asia/Ho_Chi_Minh");
  sheet->until = sheet->to;
  sheet->made_at = sheet->to;
  sheet->formula = TD_SERVICE_LEVEL_LIVE;
  sheet->service_level_ms = 20000;
  sheet->short_abandon_ms = 5000;
  sheet->target = 0.8;
  sheet->days_learnt = 72;
  td_shift_sheet_set_n_minutes (sheet, N_MINUTES);
  for (guint i = 0; i < N_MINUTES; i++)
    {
      sheet->offered[i] = sheet->rates[i] = NAN;
      sheet->normal[i] = (TdOutlookRange){ .mean = NAN };
    }

  return sheet;
}

static void
fill_figures (TdShiftFigures *figures,
              gint64          calls)
{
  figures->counts = (TdCounts){
    .offered = calls,
    .answered = calls - calls / 20,
    .answered_in_time = calls - calls / 5,
    .abandoned = calls / 20,
    .abandoned_in_time = calls / 50,
    .short_abandoned = calls / 60,
    .flowed_out = calls / 90,
    .wait_ms = calls * 21000,
    .talk_ms = calls * 180000,
    .hold_ms = calls * 4000,
    .wrap_up_ms = calls * 22000,
    .max_wait_ms = 100000 + calls * 40,
  };
  figures->waiting = calls / 700;
  figures->waiting_beyond = 0;
  figures->compared = (double)calls;
  figures->normal.mean = (double)calls * 0.9;
  figures->normal.low95 = (double)calls * 0.7;
  figures->normal.high95 = (double)calls * 0.98;
}

static void
fill_curve (TdShiftSheet *sheet)
{
  for (guint i = 0; i < sheet->n_minutes; i++)
    {
      double normal = 180 + 90 * sin (i / 90.0);

      sheet->offered[i] = normal / 15;
      sheet->rates[i] = i < 15 ? NAN : normal * (1 + 0.2 * sin (i / 7.0));
      sheet->normal[i] = (TdOutlookRange){ .mean = normal, .low80 = normal * 0.9, .high80 = normal * 1.1, .low95 = normal * 0.8, .high95 = normal * 1.2 };
    }
}

static void
add_queues (TdShiftSheet *sheet,
            guint         n_queues)
{
  gint64 sum = 0;

  for (guint i = 0; i < n_queues; i++)
    {
      g_autofree char *id = g_strdup_printf ("q%u", i);
      g_autofree char *name = g_strdup_printf ("Hàng đợi %03u", i + 1);
      gint64           calls = 120 + (i * 37) % 900;

      fill_figures (td_shift_sheet_add_queue (sheet, id, name), calls);
      sum += calls;
    }
  fill_figures (&sheet->total, sum);
}

static void
add_staff (TdShiftSheet *sheet)
{
  TdShiftPlace *place = td_shift_sheet_add_place (sheet, TD_PLACE_OFFICE, NULL);

  place->planned = 28;
  place->present = 26;
  place->called_in = 4;
  place->staffed_ms = 26 * 7 * 3600000;
  sheet->staff = *place;
}

static void
add_gap (TdShiftSheet *sheet,
         guint         from,
         guint         to)
{
  TdShiftGap gap = { sheet->from + from * MINUTE, sheet->from + to * MINUTE, MAX (sheet->queues->len, 1) };

  g_array_append_val (sheet->gaps, gap);
  for (guint i = from; i < MIN (to + 15, sheet->n_minutes); i++)
    sheet->rates[i] = NAN;
  for (guint i = from; i < to; i++)
    sheet->offered[i] = NAN;
  sheet->total.missing_s += (to - from) * 60;
  for (guint i = 0; i < sheet->queues->len; i++)
    ((TdShiftFigures *)g_ptr_array_index (sheet->queues, i))->missing_s += (to - from) * 60;
}

static void
add_event (TdShiftSheet *sheet,
           guint         minute,
           const char   *text,
           const char   *owner)
{
  TdShiftEvent *event = td_shift_sheet_add_event (sheet, TD_SHIFT_ALERT, sheet->from + minute * MINUTE);

  event->to = event->from + 30 * MINUTE;
  event->text = g_strdup (text);
  event->evidence = g_strdup ("vượt 1.166 cuộc, cao nhất +133 %, chờ lâu nhất 7:48");
  event->owner = g_strdup (owner);
  event->owned_at = event->from + 5 * MINUTE;
}

/* Ink in a row or a column of pixels. */
static gboolean
is_white (cairo_surface_t *surface,
          int              x,
          int              y,
          int              width,
          int              height)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int           stride = cairo_image_surface_get_stride (surface);

  for (int i = y; i < y + height; i++)
    {
      const guint32 *row = (const guint32 *)(gconstpointer)(data + (gsize)i * (gsize)stride);

      for (int k = x; k < x + width; k++)
        {
          if ((row[k] & 0xffffff) != 0xffffff)
            return FALSE;
        }
    }

  return TRUE;
}

/* The margins of every page are white, which text that runs over an edge would not leave so. */
static guint
check_pages (TdShiftSheet *sheet, /* (transfer full) */
             const char   *name)
{
  g_autoptr (TdPaper) paper = td_shift_paper_new (sheet);
  const char *folder = g_getenv ("TONGDAI_PICTURES");
  guint       n_pages = td_paper_get_n_pages (paper);
  int         width = (int)TD_PAPER_WIDTH, height = (int)TD_PAPER_HEIGHT, margin = (int)TD_PAPER_MARGIN - 3;

  if (folder != NULL)
    {
      g_autofree char *png = g_strdup_printf ("%s/%s.png", folder, name);
      g_autofree char *pdf = g_strdup_printf ("%s/%s.pdf", folder, name);

      g_assert_true (td_shift_paper_save_png (paper, png, NULL));
      g_assert_true (td_shift_paper_save_pdf (paper, name, pdf, NULL));
    }
  for (guint i = 0; i < n_pages; i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
      cairo_t         *cr = cairo_create (surface);

      td_paper_draw (paper, i, TRUE, cr);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      g_assert_true (is_white (surface, 0, 0, margin, height));
      g_assert_true (is_white (surface, width - margin, 0, margin, height));
      g_assert_true (is_white (surface, 0, 0, width, margin));
      g_assert_true (is_white (surface, 0, height - margin, width, margin));
      g_assert_false (is_white (surface, margin, margin, width - 2 * margin, height - 2 * margin));
      cairo_surface_destroy (surface);
    }
  td_shift_sheet_free (sheet);

  return n_pages;
}

/* Nobody looked, and of nobody is it known. */
static void
test_an_empty_shift (void)
{
  TdShiftSheet *sheet = create (MORNING);

  sheet->days_learnt = 0;
  add_gap (sheet, 0, N_MINUTES);
  sheet->staff.present = TD_UNKNOWN;
  sheet->staff.staffed_ms = TD_UNKNOWN;
  g_assert_cmpuint (check_pages (sheet, "empty"), ==, 1);
}

/* Of the year's last night, with a gap over midnight. */
static void
test_a_night_over_the_year_s_end (void)
{
  TdShiftSheet *sheet = create (LAST_EVENING);

  fill_curve (sheet);
  add_queues (sheet, 10);
  add_staff (sheet);
  add_gap (sheet, 230, 255);
  add_event (sheet, 250, "Mất điện diện rộng, Tây Ninh", "Võ Kim Ngân");
  sheet->giver = g_strdup ("Lê Minh Tâm");
  sheet->taker = g_strdup ("Võ Kim Ngân");
  sheet->note = g_strdup ("Lưới 110 kV Tây Ninh nhảy lúc 0:03.\nCa sáng để ý: còn 2 tuyến hạ thế.");
  sheet->handed_at = sheet->to + 3 * MINUTE;
  g_assert_cmpuint (check_pages (sheet, "year-end"), ==, 1);
}

static void
test_many_queues (void)
{
  TdShiftSheet *sheet = create (MORNING);
  guint         n_pages;

  fill_curve (sheet);
  add_queues (sheet, 500);
  add_staff (sheet);
  n_pages = check_pages (sheet, "many");
  g_assert_cmpuint (n_pages, >, 5);
  g_assert_cmpuint (n_pages, <, 20);
}

static void
test_long_names (void)
{
  TdShiftSheet   *sheet = create (MORNING);
  TdShiftFigures *longest = td_shift_sheet_add_queue (sheet, "a", LONG_NAME);

  g_assert_cmpint (g_utf8_strlen (LONG_NAME, -1), >=, 195);
  fill_curve (sheet);
  fill_figures (longest, 1234567);
  fill_figures (td_shift_sheet_add_queue (sheet, "b", "Mất_điện_không_có_dấu_cách_nào_trong_tên_hàng_đợi_rất_dài_này_cả_từ_đầu_đến_cuối_không_ngắt_được_ở_đâu"), 12);
  fill_figures (&sheet->total, 1234579);
  longest->longest_at = sheet->total.longest_at = MORNING + HOUR;
  sheet->total.counts.max_wait_ms = longest->counts.max_wait_ms;
  add_staff (sheet);
  g_free (sheet->centre);
  sheet->centre = g_strdup (LONG_NAME);
  sheet->giver = g_strdup (LONG_NAME);
  sheet->taker = g_strdup (LONG_NAME);
  add_event (sheet, 100, LONG_NAME, LONG_NAME);
  g_assert_cmpuint (check_pages (sheet, "long"), <=, 2);
}

static void
test_many_gaps (void)
{
  TdShiftSheet *sheet = create (MORNING);

  fill_curve (sheet);
  add_queues (sheet, 8);
  for (guint i = 0; i < 12; i++)
    add_gap (sheet, 20 + 50 * i, 30 + 50 * i + i);
  g_assert_cmpuint (check_pages (sheet, "gaps"), <=, 2);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  if (g_getenv ("TD_LOCALEDIR") != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, g_getenv ("TD_LOCALEDIR"));
      textdomain (GETTEXT_PACKAGE);
    }
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shift-paper/an-empty-shift", test_an_empty_shift);
  g_test_add_func ("/shift-paper/a-night-over-the-year-s-end", test_a_night_over_the_year_s_end);
  g_test_add_func ("/shift-paper/many-queues", test_many_queues);
  g_test_add_func ("/shift-paper/long-names", test_long_names);
  g_test_add_func ("/shift-paper/many-gaps", test_many_gaps);

  return g_test_run ();
}
