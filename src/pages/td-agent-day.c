/* td-agent-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-day.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-day-strip.h"
#include "td-format.h"
#include "td-hour-columns.h"
#include "td-metrics.h"
#include "td-stat-tile.h"
#include "td-state-shape.h"

/* The history is asked again so often, or when the agent did something else. */
#define READ_EVERY_US (20 * G_TIME_SPAN_SECOND)

#define HOUR_US G_TIME_SPAN_HOUR
#define OWN_DAYS 28
#define CENTRE_DAYS 14
#define N_CALLS 6

/* From fewer days nothing is usual yet. */
#define LEAST_DAYS 3

struct _TdAgentDay
{
  GtkWidget parent_instance;

  TdWatch      *watch; /* (owned) (nullable) */
  TdAgent      *agent; /* (owned) (nullable) */
  GCancellable *cancellable;
  GArray       *spans;   /* (owned) (element-type TdStripSpan): as they were read */
  gint64        read_at; /* monotonic, µs, or 0 */
  gint64        read_revision;
  gboolean      is_read;
  char         *error; /* (owned) (nullable): why it could not be read */
  double        own;   /* calls an hour at work, of past days, or NAN */
  guint         own_days;
  double        centre; /* the same of everybody */
  guint         centre_days;
  gint64        centre_read; /* the day for which that was asked, or 0 */

  GtkWidget *box;
  GtkWidget *strip;
  GtkWidget *pause;
  GtkWidget *usual;
  GtkWidget *columns;
  GtkWidget *calls_title;
  GtkWidget *calls;
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (TdAgentDay, td_agent_day, GTK_TYPE_WIDGET)

static void
clear_span (gpointer data)
{
  g_free ((char *)((TdStripSpan *)data)->text);
}

/* From where the day is shown: from the begin of the shift that runs, else
 * from that of the centre's day. */
static gint64
get_from (TdAgentDay *self,
          gint64      now)
{
  const TdAgentInfo *info = td_agent_get_info (self->agent);
  gint64             start = td_day_get_start (td_watch_get_day (self->watch));

  if (!TD_IS_KNOWN (start))
    start = now - 12 * HOUR_US;
  if (TD_IS_KNOWN (info->shift_start) && info->shift_start < now && now - info->shift_start < 16 * HOUR_US)
    start = MIN (start, info->shift_start) == start && info->shift_start > start ? info->shift_start - HOUR_US / 2
                                                                                 : info->shift_start;

  return start;
}

static const char *
get_queue_title (TdAgentDay *self,
                 const char *id)
{
  TdQueue *queue = id != NULL ? td_centre_find_queue (td_watch_get_centre (self->watch), id) : NULL;

  return queue != NULL ? td_queue_get_title (queue) : id;
}

/* What was read, with what goes on since: a state of now that the history has
 * not heard of is put behind. */
static GArray *
get_spans (TdAgentDay *self,
           gint64      now)
{
  GArray            *spans = g_array_new (FALSE, FALSE, sizeof (TdStripSpan));
  const TdAgentInfo *info = td_agent_get_info (self->agent);
  gint64             since = td_agent_get_since (self->agent, NULL);
  TdStripSpan        last = { 0 };

  for (guint i = 0; i < self->spans->len; i++)
    {
      last = g_array_index (self->spans, TdStripSpan, i);
      if (i + 1 == self->spans->len && last.state == info->state && last.on_hold == info->on_hold &&
          (!TD_IS_KNOWN (since) || last.end >= since))
        last.end = MAX (last.end, now);
      g_array_append_val (spans, last);
    }
  if (TD_IS_KNOWN (since) && since < now && (spans->len == 0 || last.end < now))
    {
      const char *text = info->call_queue != NULL ? get_queue_title (self, info->call_queue) : info->reason;
      TdStripSpan open = { MAX (since, last.end), now, info->state, info->on_hold, text };

      g_array_append_val (spans, open);
    }

  return spans;
}

/* Whether a call only goes on in a span: its caller was put on hold, or is not
 * any more. */
static gboolean
goes_on (const GArray *spans,
         guint         index)
{
  const TdStripSpan *span = &g_array_index (spans, TdStripSpan, index);
  const TdStripSpan *before = index > 0 ? span - 1 : NULL;

  return before != NULL && span->state == TD_AGENT_STATE_ON_CALL && before->state == TD_AGENT_STATE_ON_CALL &&
         before->on_hold != span->on_hold && before->end >= span->start && g_strcmp0 (before->text, span->text) == 0;
}

/* Since when the agent is seen at work, or TD_UNKNOWN. */
static gint64
get_begin (const GArray *spans)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const TdStripSpan *span = &g_array_index (spans, TdStripSpan, i);

      if (td_agent_state_is_staffed (span->state))
        return span->start;
    }

  return TD_UNKNOWN;
}

static void
show_break (TdAgentDay   *self,
            const GArray *spans,
            gint64        now)
{
  gint64           ended = TD_UNKNOWN, begin = get_begin (spans), sum = 0;
  guint            n = 0;
  g_autofree char *text = NULL;
  g_autofree char *total = NULL;

  for (guint i = 0; i < spans->len; i++)
    {
      const TdStripSpan *span = &g_array_index (spans, TdStripSpan, i);

      if (span->state != TD_AGENT_STATE_PAUSED)
        continue;
      ended = span->end;
      sum += span->end - span->start;
      n++;
    }

  total = td_format_duration (sum / 1000);
  if (n == 0 && TD_IS_KNOWN (begin))
    {
      g_autofree char *at_work = td_format_duration ((now - begin) / 1000);

      /* Translators: how long an agent has worked without a pause. */
      text = g_strdup_printf (_ ("No pause seen in %s"), at_work);
    }
  else if (n == 0)
    text = g_strdup (_ ("No pause seen today"));
  else if (ended >= now)
    /* Translators: pauses of a day: how many, and how long together. */
    text = g_strdup_printf (ngettext ("%u pause, %s", "%u pauses, %s", n), n, total);
  else
    {
      g_autofree char *ago = td_format_duration ((now - ended) / 1000);

      /* Translators: pauses of a day: how many, how long together, and how long ago the last one ended. */
      text = g_strdup_printf (ngettext ("%u pause, %s; the last one ended %s ago",
                                        "%u pauses, %s; the last one ended %s ago", n),
                              n, total, ago);
    }
  td_label_set (GTK_LABEL (self->pause), text);
}

/* Calls handled an hour at work, of everybody together, today. */
static double
get_centre_rate (TdAgentDay *self)
{
  TdRoster *agents = td_centre_get_agents (td_watch_get_centre (self->watch));
  gint64    calls = 0, at_work = 0;

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      const TdAgentInfo *info = td_agent_get_info (td_roster_get (agents, i));
      gint64             ms = 0;

      ms = MAX (info->talk_ms, 0) + MAX (info->hold_ms, 0) + MAX (info->wrap_up_ms, 0) +
           MAX (info->ringing_ms, 0) + MAX (info->available_ms, 0);
      if (!TD_IS_KNOWN (info->answered) || ms == 0)
        continue;
      calls += info->answered;
      at_work += ms;
    }

  return at_work > 0 ? (double)calls * 3600e3 / (double)at_work : NAN;
}

static void
show_hours (TdAgentDay   *self,
            const GArray *spans,
            gint64        from,
            gint64        now)
{
  gint64           first = from - from % HOUR_US;
  guint            n = (guint)CLAMP ((now - first) / HOUR_US + 1, 1, 24);
  double           values[24];
  gint64           seen[24] = { 0 };
  double           centre = !isnan (self->centre) ? self->centre : get_centre_rate (self);
  GTimeZone       *zone = td_centre_get_timezone (td_watch_get_centre (self->watch));
  g_autofree char *clock = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    values[i] = 0;
  for (guint i = 0; i < spans->len; i++)
    {
      const TdStripSpan *span = &g_array_index (spans, TdStripSpan, i);

      for (gint64 hour = MAX ((span->start - first) / HOUR_US, 0); hour <= (span->end - first) / HOUR_US && hour < n; hour++)
        seen[hour] += MAX (MIN (span->end, first + (hour + 1) * HOUR_US) - MAX (span->start, first + hour * HOUR_US), 0);
      if (span->state == TD_AGENT_STATE_ON_CALL && !goes_on (spans, i) && span->start >= first && (span->start - first) / HOUR_US < n)
        values[(span->start - first) / HOUR_US] += 1;
    }
  /* The calls of an hour of which less than half was seen are not known. */
  for (guint i = 0; i < n; i++)
    {
      if (seen[i] == 0 || seen[i] < MIN (HOUR_US, now - first - i * HOUR_US) / 2)
        values[i] = NAN;
    }

  clock = td_format_clock (first, zone);
  td_hour_columns_set (TD_HOUR_COLUMNS (self->columns), values, n, (guint)g_ascii_strtoull (clock, NULL, 10), TRUE,
                       centre, self->own);

  if (!isnan (centre))
    {
      g_autofree char *number = td_format_decimal (centre, 1);

      if (!isnan (self->centre))
        /* Translators: calls an hour at work, the mean of the centre over so many days. */
        g_string_append_printf (text, ngettext ("— centre %s (%u day)", "— centre %s (%u days)", self->centre_days),
                                number, self->centre_days);
      else
        /* Translators: calls an hour at work, the mean of the centre of today. */
        g_string_append_printf (text, _ ("— centre %s today"), number);
    }
  if (!isnan (self->own))
    {
      g_autofree char *number = td_format_decimal (self->own, 1);

      g_string_append (text, text->len > 0 ? "   " : "");
      /* Translators: calls an hour at work, the mean of this agent over so many days. */
      g_string_append_printf (text, ngettext ("- - own %s (%u day)", "- - own %s (%u days)", self->own_days),
                              number, self->own_days);
    }
  td_label_set (GTK_LABEL (self->usual), text->len > 0 ? text->str : NULL);
}

static void
show_calls (TdAgentDay   *self,
            const GArray *spans,
            gint64        now)
{
  GTimeZone *zone = td_centre_get_timezone (td_watch_get_centre (self->watch));
  GtkWidget *row = gtk_widget_get_first_child (self->calls);
  guint      n = 0;

  for (guint i = spans->len; i-- > 0 && n < N_CALLS;)
    {
      const TdStripSpan *span = &g_array_index (spans, TdStripSpan, i);
      gint64             end = span->end;
      g_autofree char   *clock = NULL;
      g_autofree char   *length = NULL;
      GtkWidget         *label;

      if (span->state != TD_AGENT_STATE_ON_CALL)
        continue;
      while (goes_on (spans, i))
        i--;
      span = &g_array_index (spans, TdStripSpan, i);
      clock = td_format_clock (span->start, zone);
      length = end >= now ? g_strdup (_ ("now")) : td_format_duration ((end - span->start) / 1000);
      label = gtk_widget_get_first_child (row);
      td_label_set (GTK_LABEL (label), clock);
      label = gtk_widget_get_next_sibling (label);
      td_label_set (GTK_LABEL (label), span->text != NULL ? span->text : "—");
      label = gtk_widget_get_next_sibling (label);
      td_label_set (GTK_LABEL (label), length);
      gtk_widget_set_visible (row, TRUE);
      row = gtk_widget_get_next_sibling (row);
      n++;
    }
  gtk_widget_set_visible (self->calls_title, n > 0);
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, FALSE);
}

static void
show (TdAgentDay *self)
{
  gint64             now = td_watch_get_now (self->watch);
  gint64             from = get_from (self, now);
  const TdAgentInfo *info = td_agent_get_info (self->agent);
  gint64             to = now + HOUR_US / 12;
  g_autoptr (GArray) spans = get_spans (self, now);

  if (TD_IS_KNOWN (info->shift_end) && info->shift_end > now && info->shift_end - from < 24 * HOUR_US)
    to = info->shift_end;

  td_day_strip_set_range (TD_DAY_STRIP (self->strip), from, to, now,
                          td_centre_get_timezone (td_watch_get_centre (self->watch)));
  td_day_strip_set_spans (TD_DAY_STRIP (self->strip), (const TdStripSpan *)(void *)spans->data, spans->len);
  show_break (self, spans, now);
  show_hours (self, spans, from, now);
  show_calls (self, spans, now);
  if (self->error != NULL)
    td_label_set (GTK_LABEL (self->nothing), self->error);
  else
    td_label_set (GTK_LABEL (self->nothing),
                  self->is_read && self->spans->len == 0
                    ? _ ("Nothing is remembered of this agent’s day yet; from now on it is.")
                    : NULL);
}

static void
spans_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TdAgentDay) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryRecords) records = td_history_read_records_finish (TD_HISTORY (source), result, &error);
  const TdHistorySpan *spans;
  guint                n;

  /* Somebody else is shown by now, or nobody. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_read = TRUE;
  g_free (self->error);
  self->error = records == NULL ? g_strdup (error->message) : NULL;
  if (records == NULL)
    {
      g_info ("The day of an agent: %s", error->message);
      if (self->agent != NULL)
        show (self);
      return;
    }

  g_array_set_size (self->spans, 0);
  spans = td_history_records_get_spans (records, &n);
  for (guint i = 0; i < n; i++)
    {
      TdStripSpan span = {
        spans[i].start, spans[i].end, spans[i].state, spans[i].on_hold,
        g_strdup (spans[i].queue != NULL ? get_queue_title (self, spans[i].queue) : spans[i].reason)
      };

      g_array_append_val (self->spans, span);
    }
  if (self->agent != NULL)
    show (self);
}

/* What the days before came to: calls an hour at work, pauses left out, of all
 * the agents in them together; NAN for too few days. */
static double
reckon_days (TdAgentDay       *self,
             TdHistoryRecords *records,
             guint            *n_days)
{
  gint64 today = td_day_get_start (td_watch_get_day (self->watch));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  gint64                   calls = 0, at_work = 0;
  guint                    n;
  const TdHistoryAgentDay *days = td_history_records_get_agent_days (records, &n);

  for (guint i = 0; i < n; i++)
    {
      gint64 ms = MAX (days[i].talk_ms, 0) + MAX (days[i].hold_ms, 0) + MAX (days[i].wrap_up_ms, 0) +
                  MAX (days[i].ringing_ms, 0) + MAX (days[i].available_ms, 0);

      if (days[i].day >= today || !TD_IS_KNOWN (days[i].answered) || ms == 0)
        continue;
      calls += days[i].answered;
      at_work += ms;
      g_hash_table_add (seen, (gpointer)&days[i].day);
    }
  *n_days = g_hash_table_size (seen);

  return *n_days >= LEAST_DAYS ? (double)calls * 3600e3 / (double)at_work : NAN;
}

static void
days_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdAgentDay) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryRecords) records = td_history_read_records_finish (TD_HISTORY (source), result, &error);

  if (records == NULL)
    return;

  self->own = reckon_days (self, records, &self->own_days);
  if (self->agent != NULL)
    show (self);
}

static void
centre_days_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (TdAgentDay) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryRecords) records = td_history_read_records_finish (TD_HISTORY (source), result, &error);

  if (records == NULL)
    {
      self->centre_read = 0;
      return;
    }

  self->centre = reckon_days (self, records, &self->centre_days);
  if (self->agent != NULL)
    show (self);
}

/* What was told a moment ago is on the disk by now, or cannot be put there. */
static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdAgentDay) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 now;

  td_history_flush_finish (TD_HISTORY (source), result, &error);
  if (self->agent == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  now = td_watch_get_now (self->watch);
  td_history_read_records_async (TD_HISTORY (source), TD_HISTORY_SPANS, td_agent_get_id (self->agent),
                                 get_from (self, now), now, self->cancellable, spans_cb, g_object_ref (self));
}

static void
read_history (TdAgentDay *self)
{
  TdHistory  *history = td_watch_get_history (self->watch);
  const char *id = td_agent_get_id (self->agent);
  gint64      now = td_watch_get_now (self->watch);
  gboolean    is_first = self->read_at == 0;

  self->read_at = g_get_monotonic_time ();
  self->read_revision = td_agent_get_revision (self->agent);
  if (history == NULL)
    {
      self->is_read = TRUE;
      return;
    }

  td_history_flush_async (history, self->cancellable, flushed_cb, g_object_ref (self));
  if (is_first)
    td_history_read_records_async (history, TD_HISTORY_AGENT_DAYS, id, MAX (now - OWN_DAYS * G_TIME_SPAN_DAY, 0), now,
                                   self->cancellable, days_cb, g_object_ref (self));

  /* What is usual here is the same for every agent, all day. */
  if (self->centre_read != td_day_get_start (td_watch_get_day (self->watch)))
    {
      self->centre_read = td_day_get_start (td_watch_get_day (self->watch));
      td_history_read_records_async (history, TD_HISTORY_AGENT_DAYS, NULL, MAX (now - CENTRE_DAYS * G_TIME_SPAN_DAY, 0), now,
                                     NULL, centre_days_cb, g_object_ref (self));
    }
}

static void
td_agent_day_dispose (GObject *object)
{
  TdAgentDay *self = TD_AGENT_DAY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->agent);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_agent_day_parent_class)->dispose (object);
}

static void
td_agent_day_finalize (GObject *object)
{
  TdAgentDay *self = TD_AGENT_DAY (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->spans, g_array_unref);
  g_free (self->error);

  G_OBJECT_CLASS (td_agent_day_parent_class)->finalize (object);
}

static void
td_agent_day_class_init (TdAgentDayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_agent_day_dispose;
  G_OBJECT_CLASS (klass)->finalize = td_agent_day_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "agentday");
}

static GtkWidget *
append_label (GtkWidget  *box,
              const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
append_call_row (TdAgentDay *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), i == 1 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
      gtk_widget_set_hexpand (label, i == 1);
      gtk_widget_add_css_class (label, "td-number");
      gtk_box_append (GTK_BOX (row), label);
    }
  gtk_widget_set_visible (row, FALSE);
  gtk_box_append (GTK_BOX (self->calls), row);
}

static void
td_agent_day_init (TdAgentDay *self)
{
  self->spans = g_array_new (FALSE, FALSE, sizeof (TdStripSpan));
  g_array_set_clear_func (self->spans, clear_span);
  self->cancellable = g_cancellable_new ();
  self->own = NAN;
  self->centre = NAN;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->strip = td_day_strip_new ();
  gtk_box_append (GTK_BOX (self->box), self->strip);
  self->nothing = append_label (self->box, NULL, "td-caption");
  gtk_widget_set_visible (self->nothing, FALSE);
  self->pause = append_label (self->box, NULL, "td-caption");
  append_label (self->box, _ ("Calls an hour"), "td-title");
  self->columns = td_hour_columns_new ();
  gtk_box_append (GTK_BOX (self->box), self->columns);
  self->usual = append_label (self->box, NULL, "td-caption");
  self->calls_title = append_label (self->box, _ ("Last calls"), "td-title");
  self->calls = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (self->box), self->calls);
  for (guint i = 0; i < N_CALLS; i++)
    append_call_row (self);
}

/**
 * td_agent_day_new:
 * @watch: the centre of the agents
 *
 * Returns: (transfer floating): nobody's day yet
 */
GtkWidget *
td_agent_day_new (TdWatch *watch)
{
  TdAgentDay *self;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_AGENT_DAY, NULL);
  self->watch = g_object_ref (watch);

  return GTK_WIDGET (self);
}

/**
 * td_agent_day_set_figures:
 * @self: a day
 * @figures: what the day comes to, shown below the states; set once
 */
void
td_agent_day_set_figures (TdAgentDay *self,
                          GtkWidget  *figures)
{
  g_return_if_fail (TD_IS_AGENT_DAY (self));
  g_return_if_fail (GTK_IS_WIDGET (figures));

  gtk_box_insert_child_after (GTK_BOX (self->box), figures, self->pause);
}

/**
 * td_agent_day_set_agent:
 * @self: a day
 * @agent: (nullable): whose day to show
 */
void
td_agent_day_set_agent (TdAgentDay *self,
                        TdAgent    *agent)
{
  g_return_if_fail (TD_IS_AGENT_DAY (self));

  if (!g_set_object (&self->agent, agent))
    return;

  /* What is being read is of somebody else. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_array_set_size (self->spans, 0);
  self->own = NAN;
  self->own_days = 0;
  self->is_read = FALSE;
  g_clear_pointer (&self->error, g_free);
  self->read_at = 0;
  td_agent_day_refresh (self);
}

/**
 * td_agent_day_refresh:
 * @self: a day
 *
 * To be called once a second while it is seen. The history is asked when the
 * agent did something else, and now and then.
 */
void
td_agent_day_refresh (TdAgentDay *self)
{
  g_return_if_fail (TD_IS_AGENT_DAY (self));

  if (self->agent == NULL)
    return;

  if (self->read_at == 0 || g_get_monotonic_time () - self->read_at > READ_EVERY_US ||
      self->read_revision != td_agent_get_revision (self->agent))
    read_history (self);
  show (self);
}
