/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "td-baseline.h"
#include "td-count-table.h"
#include "td-day-watch.h"
#include "td-holiday-file.h"
#include "td-negative-binomial.h"

#define NOON_MINUTE 720
#define SLOT_MINUTES 5 /* in which the alarms' baseline learns */
#define MAX_DAYS 20000

static const double levels[] = { 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975 };

typedef struct
{
  int      days;
  char    *origins;
  char    *holidays;
  char    *history;
  gboolean version;
  char   **rest;
  gboolean day_origin;
  gboolean noon_origin;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->origins);
  g_free (options->holidays);
  g_free (options->history);
  g_strfreev (options->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
format_date (guint julian,
             char *text,
             gsize size)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  g_date_strftime (text, size, "%Y-%m-%d", &date);
}

static void
print_slot (const char *date,
            guint       slot,
            const char *origin,
            double      mean,
            double      variance)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("%s,%u,%s,%s", date, slot, origin, g_ascii_formatd (number, sizeof number, "%.4f", mean));
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    printf (",%.0f", td_negative_binomial_quantile (mean, variance, levels[i]));
  putchar ('\n');
}

static void
print_day (const TdNormal *normal,
           const char     *date)
{
  for (guint s = 0; s < normal->n_slots; s++)
    print_slot (date, s, "day", normal->mean[s], td_normal_get_variance (normal, s));
}

static void
print_noon (const TdCountTable *table,
            const TdNormal     *normal,
            const double       *calls,
            const char         *date)
{
  TdToday today;
  guint   noon;

  if (table->first_minute >= NOON_MINUTE)
    return;

  noon = (NOON_MINUTE - table->first_minute) / table->slot_minutes;
  td_today_init (&today, normal);
  for (guint s = 0; s < noon && s < normal->n_slots; s++)
    td_today_step (&today, normal, calls[s]);
  for (guint s = noon; s < normal->n_slots; s++)
    {
      double variance;
      double mean = td_today_forecast (&today, normal, s, &variance);

      print_slot (date, s, "noon", mean, variance);
    }
}

static TdCountTable *
load_table (const char *path,
            GHashTable *holidays,
            guint       slot_minutes,
            GError    **error)
{
  g_autoptr (TdCountTable) table = td_count_table_load (path, error);

  if (table == NULL)
    return NULL;

  if (slot_minutes > table->slot_minutes && slot_minutes % table->slot_minutes == 0)
    {
      TdCountTable *longer = td_count_table_aggregate (table, slot_minutes);

      td_count_table_free (table);
      table = longer;
    }
  td_count_table_mark_days (table, holidays);

  return g_steal_pointer (&table);
}

/* Each of the last days from what came before it. */
static gboolean
forecast (const Options *options,
          GHashTable    *holidays,
          GError       **error)
{
  g_autoptr (TdCountTable) table = load_table (options->rest[1], holidays, 0, error);
  g_autoptr (TdBaseline) baseline = NULL;

  if (table == NULL)
    return FALSE;

  baseline = td_baseline_new (table->slot_minutes, table->n_slots);
  printf ("date,slot,origin,mean,q025,q10,q25,q50,q75,q90,q975\n");
  for (guint d = 0; d < table->n_days; d++)
    {
      g_autoptr (TdNormal) normal = td_baseline_morning (baseline, &table->days[d]);
      const double *calls = td_count_table_get_day (table, d);
      char          date[32];

      format_date (table->days[d].julian, date, sizeof date);
      if (d + (guint)options->days >= table->n_days && normal->known)
        {
          if (options->day_origin)
            print_day (normal, date);
          if (options->noon_origin)
            print_noon (table, normal, calls, date);
        }
      td_baseline_night (baseline, calls);
    }

  return TRUE;
}

/* The minutes of a day by the clock of the history, which may open earlier or
 * later than the days that are judged. */
static double
get_minute (const TdCountTable *table,
            const double       *calls,
            guint               minute)
{
  return minute < table->first_minute || minute - table->first_minute >= table->n_slots ? NAN
                                                                                        : calls[minute - table->first_minute];
}

static void
judge_day (const TdCountTable *table,
           guint               index,
           guint               first_minute,
           TdNormal           *normal)
{
  g_autoptr (TdDayWatch) watch = td_day_watch_new (normal, 1);
  const double *calls = td_count_table_get_day (table, index);
  char          date[32];

  format_date (table->days[index].julian, date, sizeof date);
  for (guint minute = 0; minute < normal->n_slots * SLOT_MINUTES; minute++)
    {
      TdDayVerdict verdict = td_day_watch_step (watch, get_minute (table, calls, first_minute + minute));

      if (verdict.surge_begins)
        printf ("%s,%u,up\n", date, minute);
      if (verdict.silence_begins)
        printf ("%s,%u,down\n", date, minute);
    }
}

/* Each day, judged by what the clean days before it taught. */
static gboolean
alarms (const Options *options,
        GHashTable    *holidays,
        GError       **error)
{
  g_autoptr (TdCountTable) history = load_table (options->history, holidays, SLOT_MINUTES, error);
  g_autoptr (TdCountTable) table = history != NULL ? load_table (options->rest[1], holidays, 0, error) : NULL;
  g_autoptr (TdBaseline) baseline = NULL;
  guint learnt = 0;

  if (table == NULL)
    return FALSE;

  if (history->slot_minutes != SLOT_MINUTES || history->n_slots == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: its slots are not of one or of five minutes"), options->history);
      return FALSE;
    }
  if (table->slot_minutes != 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: its slots are not of one minute"), options->rest[1]);
      return FALSE;
    }

  baseline = td_baseline_new (SLOT_MINUTES, history->n_slots);
  printf ("date,minute,dir\n");
  for (guint d = 0; d < table->n_days; d++)
    {
      TdCalendarDay day = table->days[d];
      g_autoptr (TdBaseline) of_day = NULL;
      g_autoptr (TdNormal) normal = NULL;

      for (; learnt < history->n_days && history->days[learnt].julian < day.julian; learnt++)
        {
          td_normal_unref (td_baseline_morning (baseline, &history->days[learnt]));
          td_baseline_night (baseline, td_count_table_get_day (history, learnt));
        }

      /* The clean history knows better which days it was closed before. */
      if (learnt < history->n_days && history->days[learnt].julian == day.julian)
        day = history->days[learnt];
      of_day = td_baseline_copy (baseline);
      normal = td_baseline_morning (of_day, &day);
      judge_day (table, d, history->first_minute, normal);
    }

  return TRUE;
}

static gboolean
check_options (Options *options,
               GError **error)
{
  g_auto (GStrv) origins = g_strsplit (options->origins != NULL ? options->origins : "day,noon", ",", 8);

  for (guint i = 0; origins[i] != NULL; i++)
    {
      if (strcmp (origins[i], "day") == 0)
        options->day_origin = TRUE;
      else if (strcmp (origins[i], "noon") == 0)
        options->noon_origin = TRUE;
      else
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--origin: “%s” is neither day nor noon"), origins[i]);
          return FALSE;
        }
    }

  if (options->days < 1 || options->days > MAX_DAYS)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--days: 1 to %d"), MAX_DAYS);
      return FALSE;
    }

  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_auto (Options) options = { .days = 60 };
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &options.days, N_ ("forecast: how many of the last days (default: 60)"), N_ ("N") },
    { "origin", 0, 0, G_OPTION_ARG_STRING, &options.origins, N_ ("forecast: from the evening before (day), from noon (noon), or both (day,noon)"), N_ ("WHEN") },
    { "history", 0, 0, G_OPTION_ARG_FILENAME, &options.history, N_ ("alarms: one-minute counts of days to learn from"), N_ ("FILE") },
    { "holidays", 0, 0, G_OPTION_ARG_FILENAME, &options.holidays, N_ ("Days that are unlike their weekday: CSV, date,name"), N_ ("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, N_ ("Print the version, and end"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.rest, NULL, NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GHashTable) holidays = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  context = g_option_context_new (_ ("forecast IN.csv | alarms IN.csv"));
  g_option_context_set_summary (context, _ ("Tells what is normal for a line of calls, and what is not."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || (!options.version && !check_options (&options, &error)))
    {
      g_printerr ("tongdai-baseline: %s\n", error->message);
      return 2;
    }

  if (options.version)
    {
      printf ("tongdai-baseline %s\n", TD_VERSION);
      return 0;
    }

  if (options.rest == NULL || g_strv_length (options.rest) != 2 ||
      (strcmp (options.rest[0], "alarms") == 0 && options.history == NULL))
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      g_printerr ("%s", help);
      return 2;
    }

  if (options.holidays != NULL)
    holidays = td_holiday_file_load (options.holidays, &error);
  if (error == NULL)
    {
      if (strcmp (options.rest[0], "forecast") == 0)
        done = forecast (&options, holidays, &error);
      else if (strcmp (options.rest[0], "alarms") == 0)
        done = alarms (&options, holidays, &error);
      else
        g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     _ ("There is no command “%s”; the commands are forecast and alarms"), options.rest[0]);
    }

  if (!done)
    {
      g_printerr ("tongdai-baseline: %s\n", error->message);
      return 1;
    }

  return fflush (stdout) == 0 ? 0 : 1;
}
