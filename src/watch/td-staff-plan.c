/* td-staff-plan.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-staff-plan.h"

#include <stdlib.h>
#include <string.h>

#include "td-agent-facts-private.h"

#define HOUR_US G_TIME_SPAN_HOUR

/* More employers than this are one row of each place. */
#define MAX_ROWS 200

/* So much of who is there leaves: amber, and red. Less than two is no drop. */
#define DROP_AMBER 0.10
#define DROP_RED 0.25
#define LEAST_DROP 2

typedef struct
{
  TdPlace     place;
  const char *employer;
} Key;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return (key->employer != NULL ? g_str_hash (key->employer) : 0) * 31 + key->place;
}

static gboolean
equal_keys (gconstpointer a,
            gconstpointer b)
{
  const Key *x = a;
  const Key *y = b;

  return x->place == y->place && g_strcmp0 (x->employer, y->employer) == 0;
}

/* The full hours of the centre's clock, which not every zone has when UTC does. */
static void
find_hours (TdStaffPlan *self,
            TdCentre    *centre,
            guint        n_hours)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, td_centre_get_timezone (centre)) : NULL;
  gint64 past = local != NULL ? (gint64)g_date_time_get_minute (local) * 60 + g_date_time_get_second (local) : 0;
  gint64 hour = (self->now / G_USEC_PER_SEC - past) * G_USEC_PER_SEC;

  self->n_hours = MIN (n_hours, TD_STAFF_PLAN_MAX_HOURS);
  for (guint i = 0; i < self->n_hours; i++)
    self->hours[i] = hour + (i + 1) * HOUR_US;
}

static TdStaffPlanRow *
get_row (TdStaffPlan *self,
         GArray      *rows,
         GHashTable  *index,
         TdPlace      place,
         const char  *employer)
{
  Key            key = { place, employer };
  gpointer       found;
  TdStaffPlanRow row = { 0 };

  if (g_hash_table_lookup_extended (index, &key, NULL, &found))
    return &g_array_index (rows, TdStaffPlanRow, GPOINTER_TO_UINT (found));

  if (rows->len >= MAX_ROWS && employer != NULL)
    return get_row (self, rows, index, place, NULL);

  key.employer = employer != NULL ? g_string_chunk_insert_const (self->employers, employer) : NULL;
  row.place = place;
  row.employer = key.employer;
  g_hash_table_insert (index, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (rows->len));
  g_array_append_val (rows, row);

  return &g_array_index (rows, TdStaffPlanRow, rows->len - 1);
}

/* Who is signed in stays until the shift ends; who is not comes when the next
 * one begins. Whose shift has begun and who is not there is absent, and not
 * expected any more. */
static gboolean
is_there (const TdAgentInfo *info,
          gboolean           staffed,
          gint64             now,
          gint64             time)
{
  if (staffed)
    return !TD_IS_KNOWN (info->shift_end) || time < info->shift_end;

  return TD_IS_KNOWN (info->shift_start) && info->shift_start > now && time >= info->shift_start &&
         (!TD_IS_KNOWN (info->shift_end) || time < info->shift_end);
}

static void
count_agent (TdStaffPlan       *self,
             TdStaffPlanRow    *row,
             const TdAgentInfo *info)
{
  gboolean staffed = td_agent_facts_is_staffed (info->state);

  row->staffed += staffed;
  row->serving += staffed && info->state != TD_AGENT_STATE_PAUSED;
  self->n_unplanned += staffed && !TD_IS_KNOWN (info->shift_end);
  for (guint i = 0; i < self->n_hours; i++)
    row->left[i] += is_there (info, staffed, self->now, self->hours[i]);
}

static gboolean
is_meant (const TdRelease      *release,
          const TdStaffPlanRow *row)
{
  return (release->employer == NULL || g_strcmp0 (release->employer, row->employer) == 0) &&
         (release->place == TD_PLACE_UNKNOWN || release->place == row->place);
}

/* Takes away whom a release takes, in an hour after it. */
static void
release_hour (TdStaffPlan     *self,
              const TdRelease *release,
              guint            hour)
{
  guint n = TD_IS_KNOWN (release->agents) ? (guint)MIN (release->agents, G_MAXUINT) : G_MAXUINT;

  for (guint i = 0; i < self->n_rows && n > 0; i++)
    {
      TdStaffPlanRow *row = &self->rows[i];
      guint           n_here = is_meant (release, row) ? MIN (n, row->left[hour]) : 0;

      row->left[hour] -= n_here;
      row->released[hour] += n_here;
      n -= n_here;
    }
}

static void
release (TdStaffPlan     *self,
         const TdRelease *release)
{
  for (guint i = 0; i < self->n_hours; i++)
    {
      if (release->at <= self->hours[i])
        release_hour (self, release, i);
    }
}

static void
add_total (TdStaffPlan *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      const TdStaffPlanRow *row = &self->rows[i];

      self->total.serving += row->serving;
      self->total.staffed += row->staffed;
      for (guint j = 0; j < self->n_hours; j++)
        {
          self->total.left[j] += row->left[j];
          self->total.released[j] += row->released[j];
        }
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const TdStaffPlanRow *x = a;
  const TdStaffPlanRow *y = b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;

  return g_strcmp0 (x->employer, y->employer);
}

/* Rows in which nobody is nor comes say nothing. */
static void
take_rows (TdStaffPlan *self,
           GArray      *rows)
{
  self->rows = g_new0 (TdStaffPlanRow, rows->len + 1);
  for (guint i = 0; i < rows->len; i++)
    {
      const TdStaffPlanRow *row = &g_array_index (rows, TdStaffPlanRow, i);
      guint                 n = row->staffed;

      for (guint j = 0; j < self->n_hours; j++)
        n += row->left[j];
      if (n > 0)
        self->rows[self->n_rows++] = *row;
    }
  qsort (self->rows, self->n_rows, sizeof *self->rows, compare_rows);
}

/* The plan of its hours, which are set. */
static void
reckon (TdStaffPlan *self,
        TdCentre    *centre,
        TdReleases  *announced)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (TdStaffPlanRow));
  g_autoptr (GHashTable) index = g_hash_table_new_full (hash_key, equal_keys, g_free, NULL);
  const TdCentreInfo *info = td_centre_get_info (centre);
  TdRoster           *agents = td_centre_get_agents (centre);

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      const TdAgentInfo *agent = td_agent_get_info (td_roster_get (agents, i));

      count_agent (self, get_row (self, rows, index, agent->place, agent->employer), agent);
    }
  take_rows (self, rows);

  for (guint i = 0; i < info->n_releases; i++)
    release (self, &info->releases[i]);
  for (guint i = 0; announced != NULL && i < td_releases_get_n (announced); i++)
    release (self, td_releases_get (announced, i));
  add_total (self);
}

static TdStaffPlan *
begin (gint64 now)
{
  TdStaffPlan *self = g_new0 (TdStaffPlan, 1);

  self->now = MAX (now, 0);
  self->employers = g_string_chunk_new (512);

  return self;
}

/**
 * td_staff_plan_new:
 * @centre: a centre
 * @announced: (nullable): what its source does not tell of who will leave
 * @now: its time, µs since 1970
 * @n_hours: how many coming full hours to look at, %TD_STAFF_PLAN_MAX_HOURS at most
 *
 * Reckons from the planned shifts and from what was announced who will be on
 * duty. Nothing is assumed of those for whom the source plans nothing.
 *
 * Returns: (transfer full): the plan
 */
TdStaffPlan *
td_staff_plan_new (TdCentre   *centre,
                   TdReleases *announced,
                   gint64      now,
                   guint       n_hours)
{
  TdStaffPlan *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = begin (now);
  find_hours (self, centre, n_hours);
  reckon (self, centre, announced);

  return self;
}

/**
 * td_staff_plan_new_at:
 * @centre: a centre
 * @announced: (nullable): what its source does not tell of who will leave
 * @now: its time, µs since 1970
 * @times: (array length=n_times): when to look, µs since 1970
 * @n_times: how many, %TD_STAFF_PLAN_MAX_HOURS at most
 *
 * The same for any times, which then are the plan's hours.
 *
 * Returns: (transfer full): the plan
 */
TdStaffPlan *
td_staff_plan_new_at (TdCentre     *centre,
                      TdReleases   *announced,
                      gint64        now,
                      const gint64 *times,
                      guint         n_times)
{
  TdStaffPlan *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (n_times <= TD_STAFF_PLAN_MAX_HOURS, NULL);

  self = begin (now);
  self->n_hours = n_times;
  memcpy (self->hours, times, n_times * sizeof *times);
  reckon (self, centre, announced);

  return self;
}

void
td_staff_plan_free (TdStaffPlan *self)
{
  if (self == NULL)
    return;

  g_free (self->rows);
  g_string_chunk_free (self->employers);
  g_free (self);
}

static gboolean
equal_numbers (const TdStaffPlanRow *a,
               const TdStaffPlanRow *b)
{
  return a->serving == b->serving && a->staffed == b->staffed && memcmp (a->left, b->left, sizeof a->left) == 0 &&
         memcmp (a->released, b->released, sizeof a->released) == 0;
}

/**
 * td_staff_plan_equal:
 * @a: a plan
 * @b: another one
 *
 * Returns: whether both say the same of the same hours
 */
gboolean
td_staff_plan_equal (const TdStaffPlan *a,
                     const TdStaffPlan *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->n_hours != b->n_hours || a->n_rows != b->n_rows || a->n_unplanned != b->n_unplanned ||
      memcmp (a->hours, b->hours, sizeof a->hours) != 0)
    return FALSE;

  for (guint i = 0; i < a->n_rows; i++)
    {
      if (compare_rows (&a->rows[i], &b->rows[i]) != 0 || !equal_numbers (&a->rows[i], &b->rows[i]))
        return FALSE;
    }

  return TRUE;
}

/**
 * td_staff_plan_judge:
 * @row: a row of a plan, or its total
 * @hour: index of one of the plan's hours
 *
 * Returns: whether so many fewer are on duty then that somebody should look,
 *   or act: a tenth, or a quarter, of who is there now
 */
TdAgentNeed
td_staff_plan_judge (const TdStaffPlanRow *row,
                     guint                 hour)
{
  double drop;

  g_return_val_if_fail (row != NULL, TD_AGENT_NEED_NONE);
  g_return_val_if_fail (hour < TD_STAFF_PLAN_MAX_HOURS, TD_AGENT_NEED_NONE);

  drop = (double)row->staffed - (double)row->left[hour];
  if (drop < LEAST_DROP || drop < DROP_AMBER * row->staffed)
    return TD_AGENT_NEED_NONE;

  return drop < DROP_RED * row->staffed ? TD_AGENT_NEED_LOOK : TD_AGENT_NEED_PERSON;
}

/**
 * td_staff_plan_get_serving:
 * @self: a plan
 * @hour: index of one of its hours
 * @as_announced: %FALSE counts those who were announced to leave as staying
 *
 * Returns: how many will take calls then, if as many of them pause as do now
 */
guint
td_staff_plan_get_serving (const TdStaffPlan *self,
                           guint              hour,
                           gboolean           as_announced)
{
  guint n;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (hour < self->n_hours, 0);

  n = self->total.left[hour] + (as_announced ? 0 : self->total.released[hour]);
  if (self->total.staffed == 0)
    return n;

  return (guint)(((guint64)n * self->total.serving + self->total.staffed / 2) / self->total.staffed);
}
