/* td-simulation-staff.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#include <string.h>

#define UTILITY "Điện lực miền Nam"
#define SMALL_POOL 24
#define SICK_CHANCE 0.018
#define SKILL_CHANCE 0.55
#define SEATS_A_ROW 8

/* The commoner names are repeated, as they are among people. */
static const char *const surnames[] = {
  "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm",
  "Huỳnh", "Huỳnh", "Phan", "Vũ", "Võ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
  "Ngô", "Dương", "Lý", "Đinh", "Trương", "Lâm", "Mai", "Cao", "Tô", "Châu"
};
static const char *const middles[] = {
  "Thị", "Thị", "Thị", "Văn", "Văn", "Ngọc", "Thu", "Thanh", "Kim", "Minh",
  "Hồng", "Tuyết", "Xuân", "Diễm", "Bảo", "Gia", "Hoài", "Phương", "Mỹ", "Anh",
  "Quốc", "Đức", "Hữu", "Thùy", "Bích", "Cẩm", "Trúc", "Hoàng", "Khánh", "Tấn"
};
static const char *const givens[] = {
  "Hương", "Ngân", "Tâm", "Linh", "Trang", "Lan", "Yến", "Vy", "Nhi", "My",
  "Hà", "Oanh", "Châu", "Thảo", "Phúc", "Quân", "Duy", "Khoa", "Loan", "Như",
  "Phượng", "Hạnh", "Hiền", "Dung", "Thủy", "Nga", "Mai", "Đào", "Cúc", "Trinh",
  "Quỳnh", "Giang", "Uyên", "Diệu", "Thơ", "Hân", "Tú", "Tiên", "Vân", "Huệ",
  "Hùng", "Dũng", "Tuấn", "Sơn", "Long", "Nam", "Phong", "Thành", "Trung", "Hải",
  "Khánh", "Đạt", "Lộc", "Tài", "Vinh", "Hiếu", "Nghĩa", "Trí", "Bình", "Cường"
};

#define SECOND_PARTNER "Đối tác B"

const char *const td_sim_second_partner = SECOND_PARTNER;

/* One agent of so many is a phantom. */
#define PHANTOM_OF 10

/* In hundredths of the staff: office, on site, home, partner A, partner B. */
static const guint place_shares[] = { 31, 29, 24, 10, 6 };

/* People may share a name, but not before many others were tried. */
static char *
draw_name (TdRandom   *random,
           GHashTable *taken)
{
  g_autofree char *name = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s %s %s",
                              surnames[td_random_below (random, G_N_ELEMENTS (surnames))],
                              middles[td_random_below (random, G_N_ELEMENTS (middles))],
                              givens[td_random_below (random, G_N_ELEMENTS (givens))]);
      if (!g_hash_table_contains (taken, name))
        break;
    }
  g_hash_table_add (taken, g_strdup (name));

  return g_steal_pointer (&name);
}

static void
init_place (TdSimulation *self,
            guint         index)
{
  static const TdPlace     places[] = { TD_PLACE_OFFICE, TD_PLACE_ON_SITE, TD_PLACE_HOME, TD_PLACE_PARTNER, TD_PLACE_PARTNER };
  static const char *const employers[] = { UTILITY, UTILITY, UTILITY, "Đối tác A", SECOND_PARTNER };
  static const double      line_hours[] = { 300.0, 300.0, 5.0, 40.0, 40.0 };
  TdSimAgent              *agent = &self->agents[index];
  guint                    percent = (guint)((index * 100ULL + 50) / self->n_agents);
  guint                    place = 0;

  while (place < G_N_ELEMENTS (places) - 1 && percent >= place_shares[place])
    percent -= place_shares[place++];

  agent->place = places[place];
  agent->employer = employers[place];
  agent->partner = place < 3 ? 0 : place - 2;
  agent->line_hours = line_hours[place];
  agent->no_answer_chance = agent->place == TD_PLACE_HOME ? 0.012 : 0.005;
}

static void
init_team (TdSimulation *self,
           guint         index)
{
  TdSimAgent *agent = &self->agents[index];
  guint       n_teams;

  if (self->n_agents <= 1000)
    {
      n_teams = MAX (1, self->n_agents / 15);
      agent->team = g_strdup_printf ("Đội %u", (guint)((guint64)index * n_teams / self->n_agents) + 1);
    }
  else
    {
      guint team;

      n_teams = self->n_agents / 250;
      team = (guint)((guint64)index * n_teams / self->n_agents);
      agent->team = g_strdup_printf ("%s %u", td_sim_provinces[team % TD_SIM_N_PROVINCES].name, team / TD_SIM_N_PROVINCES + 1);
    }
}

/* On site, the crews of the day and of the night share their seats. */
static void
init_seats (TdSimulation *self)
{
  guint n_office = 0, n_partner[2] = { 0, 0 };
  guint n_on_site[2] = { 0, 0 };

  for (guint i = 0; i < self->n_agents; i++)
    {
      TdSimAgent *agent = &self->agents[i];
      guint       seat;

      switch (agent->place)
        {
        case TD_PLACE_OFFICE:
          agent->seat = g_strdup_printf ("VP-%02u", ++n_office);
          break;

        case TD_PLACE_ON_SITE:
          seat = n_on_site[agent->shift_type & 1]++;
          if (seat < 26 * SEATS_A_ROW)
            agent->seat = g_strdup_printf ("%c%u", 'A' + seat / SEATS_A_ROW, seat % SEATS_A_ROW + 1);
          else
            agent->seat = g_strdup_printf ("Z%u", seat - 25 * SEATS_A_ROW + 1);
          break;

        case TD_PLACE_PARTNER:
          agent->seat = g_strdup_printf ("%s-%02u", agent->partner == 1 ? "A" : "B", ++n_partner[agent->partner - 1]);
          break;

        case TD_PLACE_HOME:
        case TD_PLACE_UNKNOWN:
        case TD_N_PLACES:
        default:
          break;
        }
    }
}

static void
init_skills (TdSimulation *self,
             guint         index,
             gboolean      all)
{
  TdRandom   *random = &self->streams[TD_SIM_STREAM_STAFF];
  TdSimAgent *agent = &self->agents[index];
  g_autoptr (GArray) skills = g_array_new (FALSE, FALSE, sizeof (guint));
  guint primary = td_random_below (random, TD_SIM_N_KINDS);

  for (guint i = 0; i < self->n_queues; i++)
    {
      gboolean drawn = td_random_uniform (random) < SKILL_CHANCE;

      if (self->queues[i].pool == agent->pool && (all || drawn || self->queues[i].kind == primary))
        g_array_append_val (skills, i);
    }
  if (skills->len == 0)
    {
      guint queue = index % self->n_queues;

      g_array_append_val (skills, queue);
    }

  agent->n_skills = skills->len;
  agent->skills = (guint *)g_array_free (g_steal_pointer (&skills), FALSE);
  agent->skill_ids = g_new (const char *, agent->n_skills);
  for (guint i = 0; i < agent->n_skills; i++)
    agent->skill_ids[i] = self->queues[agent->skills[i]].id;
}

/* Each pool gets agents in proportion to its calls, whoever is next. */
static void
init_pools (TdSimulation *self)
{
  g_autofree double *due = g_new0 (double, self->n_pools);

  for (guint i = 0; i < self->n_agents; i++)
    {
      guint pool = 0;

      for (guint k = 0; k < self->n_queues; k++)
        due[self->queues[k].pool] += self->queues[k].share;
      for (guint k = 1; k < self->n_pools; k++)
        if (due[k] > due[pool])
          pool = k;

      self->agents[i].pool = pool;
      due[pool] -= 1.0;
    }
}

/* Who works while few do serves every queue of the pool. */
static gboolean
serves_all (TdSimulation     *self,
            const TdSimAgent *agent)
{
  return self->n_agents / self->n_pools < SMALL_POOL || td_sim_rota_is_night (agent);
}

void
td_sim_staff_init (TdSimulation *self)
{
  TdRandom *random = &self->streams[TD_SIM_STREAM_STAFF];
  guint     first_extension = self->n_agents > 5000 ? 10001 : 4101;
  guint     digits = self->n_agents > 9999 ? 5 : 4;

  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->agents = g_new0 (TdSimAgent, self->n_agents);
  for (guint i = 0; i < self->n_agents; i++)
    {
      TdSimAgent *agent = &self->agents[i];

      agent->id = g_strdup_printf ("a%0*u", (int)digits, i + 1);
      agent->name = draw_name (random, taken);
      agent->extension = g_strdup_printf ("%u", first_extension + i);
      agent->state = TD_AGENT_STATE_OFFLINE;
      agent->since = self->now;
      agent->shift_start = agent->shift_end = TD_UNKNOWN;
      agent->ringing_call = TD_SIM_NONE;
      init_place (self, i);
      init_team (self, i);
    }

  init_pools (self);
  td_sim_rota_assign (self);
  init_seats (self);

  for (guint i = 0; i < self->n_agents; i++)
    {
      init_skills (self, i, serves_all (self, &self->agents[i]));
      self->agents[i].first_node = self->n_nodes;
      self->n_nodes += self->agents[i].n_skills;
    }

  self->nodes = g_new0 (TdSimNode, self->n_nodes);
  for (guint i = 0; i < self->n_agents; i++)
    for (guint k = 0; k < self->agents[i].n_skills; k++)
      self->nodes[self->agents[i].first_node + k].agent = i;
}

void
td_sim_staff_clear (TdSimulation *self)
{
  for (guint i = 0; i < self->n_agents; i++)
    {
      TdSimAgent *agent = &self->agents[i];

      g_free (agent->id);
      g_free (agent->name);
      g_free (agent->team);
      g_free (agent->seat);
      g_free (agent->extension);
      g_free (agent->skills);
      g_free (agent->skill_ids);
      g_free (agent->planned);
      g_free (agent->given_reason);
    }
  g_clear_pointer (&self->agents, g_free);
  g_clear_pointer (&self->nodes, g_free);
}

/* Whether the running scenario keeps this agent away from work. */
gboolean
td_sim_staff_is_absent (TdSimulation     *self,
                        const TdSimAgent *agent)
{
  switch (self->scenario)
    {
    case TD_SIM_SCENARIO_PARTNER_LEAVES:
      return agent->partner == 1 ||
             (agent->partner == 2 && TD_IS_KNOWN (self->release_at) && self->now >= self->release_at);

    case TD_SIM_SCENARIO_UNDERSTAFFED:
      return agent->rank % 3 == 1;

    case TD_SIM_SCENARIO_NORMAL:
    case TD_SIM_SCENARIO_LOCKDOWN:
    case TD_SIM_SCENARIO_REDUCED:
    case TD_SIM_SCENARIO_OUTAGE:
    case TD_SIM_SCENARIO_TRUNK_DOWN:
    case TD_SIM_SCENARIO_PHANTOMS:
    case TD_SIM_N_SCENARIOS:
    default:
      return FALSE;
    }
}

/* Whether the running scenario has this agent say "available" and take no call. */
gboolean
td_sim_staff_is_phantom (TdSimulation     *self,
                         const TdSimAgent *agent)
{
  return self->scenario == TD_SIM_SCENARIO_PHANTOMS && agent->rank % PHANTOM_OF == PHANTOM_OF / 2;
}

/* Those whom the scenario takes leave within two minutes, each at the end of
 * a call; those whom it gives back sign in within three. */
void
td_sim_staff_scenario_changed (TdSimulation *self)
{
  TdRandom *random = &self->streams[TD_SIM_STREAM_SCENARIO];

  for (guint i = 0; i < self->n_agents; i++)
    {
      TdSimAgent *agent = &self->agents[i];
      gint64      delay = td_random_between (random, 0, 120 * 1000) * TD_SIM_MS;
      gboolean    absent = td_sim_staff_is_absent (self, agent);

      td_sim_agent_turn_shift (self, i);
      if (agent->leaving && !absent && self->now < agent->shift_end)
        agent->leaving = FALSE;

      if (agent->working && absent)
        td_sim_push (self, self->now + delay, TD_SIM_EVENT_SIGN_OFF, i, agent->shift);
      else if (!agent->working && !absent && TD_IS_KNOWN (agent->shift_start) &&
               self->now >= agent->shift_start && self->now < agent->shift_end)
        td_sim_push (self, self->now + delay * 3 / 2, TD_SIM_EVENT_SIGN_IN, i, 0);
    }
}

/* While one partner leaves, the other announces that it will, at a full hour
 * and at least an hour ahead. */
void
td_sim_staff_announce (TdSimulation *self)
{
  self->centre_dirty = TRUE;
  self->release_at = self->scenario == TD_SIM_SCENARIO_PARTNER_LEAVES
                       ? (self->now / TD_SIM_HOUR + 2) * TD_SIM_HOUR
                       : TD_UNKNOWN;
}

/* What was announced comes true. */
void
td_sim_staff_release (TdSimulation *self)
{
  if (!TD_IS_KNOWN (self->release_at) || self->now < self->release_at || self->now >= self->release_at + TD_SIM_MINUTE)
    return;

  self->centre_dirty = TRUE;
  td_sim_staff_scenario_changed (self);
}

/* Takes the day's shifts from the rota, and has those who work sign in. */
void
td_sim_staff_plan_day (TdSimulation *self,
                       gint64        day)
{
  TdRandom *random = &self->streams[TD_SIM_STREAM_SHIFTS];

  for (guint i = 0; i < self->n_agents; i++)
    {
      TdSimAgent *agent = &self->agents[i];
      gint64      jitter = td_random_between (random, -6 * 60 * 1000, 3 * 60 * 1000) * TD_SIM_MS;
      gint64      start, end;
      const char *name;
      gboolean    works = td_sim_rota_get_shift (self, agent, day, &start, &end, &name);

      if (works && end <= self->now)
        continue;
      if (td_random_uniform (random) < SICK_CHANCE)
        works = FALSE;

      if (agent->working || (TD_IS_KNOWN (agent->shift_end) && agent->shift_end > self->now))
        {
          agent->has_next = TRUE;
          agent->next_start = works ? start : TD_UNKNOWN;
          agent->next_end = works ? end : TD_UNKNOWN;
          agent->next_name = works ? name : NULL;
        }
      else
        {
          agent->shift_start = works ? start : TD_UNKNOWN;
          agent->shift_end = works ? end : TD_UNKNOWN;
          agent->shift_name = works ? name : NULL;
          td_sim_agent_touch (self, i);
        }
      if (works)
        td_sim_push (self, MAX (self->now, start + jitter), TD_SIM_EVENT_SIGN_IN, i, 0);
    }
}

static void
plan_pause (TdSimulation *self,
            guint         index,
            gint64        time,
            TdSimPause    pause)
{
  const TdSimAgent *agent = &self->agents[index];

  if (time > self->now && time < agent->shift_end - 20 * TD_SIM_MINUTE)
    td_sim_push (self, time, TD_SIM_EVENT_PAUSE, index, agent->shift * TD_SIM_N_PAUSES + pause);
}

/* A meal where the shift runs over the hour of it, a break about every two
 * hours, and now and then a training, a meeting or, on site each week, a test. */
void
td_sim_staff_plan_pauses (TdSimulation *self,
                          guint         index)
{
  TdRandom         *random = &self->streams[TD_SIM_STREAM_SHIFTS];
  const TdSimAgent *agent = &self->agents[index];
  gint64            noon = td_sim_day_begin (td_sim_day_number (self->now)) + 12 * TD_SIM_HOUR;
  gint64            length = agent->shift_end - agent->shift_start;
  gint64            time;

  if (agent->shift_start <= noon - 2 * TD_SIM_HOUR && agent->shift_end >= noon + TD_SIM_HOUR)
    plan_pause (self, index, td_random_between (random, noon - 45 * TD_SIM_MINUTE, noon + 90 * TD_SIM_MINUTE), TD_SIM_PAUSE_LUNCH);
  if (agent->shift_start <= noon + 4 * TD_SIM_HOUR && agent->shift_end >= noon + 7 * TD_SIM_HOUR)
    plan_pause (self, index, td_random_between (random, noon + 290 * TD_SIM_MINUTE, noon + 450 * TD_SIM_MINUTE), TD_SIM_PAUSE_DINNER);

  for (time = agent->shift_start + 90 * TD_SIM_MINUTE; time < agent->shift_end; time += 2 * TD_SIM_HOUR)
    plan_pause (self, index, time + td_random_between (random, -40 * TD_SIM_MINUTE, 40 * TD_SIM_MINUTE), TD_SIM_PAUSE_BREAK);

  if (td_random_uniform (random) < 0.10)
    plan_pause (self, index, agent->shift_start + td_random_between (random, length / 3, length * 3 / 4), TD_SIM_PAUSE_TRAINING);
  if (td_random_uniform (random) < 0.10)
    plan_pause (self, index, agent->shift_start + td_random_between (random, length / 10, length * 3 / 4), TD_SIM_PAUSE_MEETING);
  if (agent->place == TD_PLACE_ON_SITE && (td_sim_day_number (self->now) + agent->rank) % 7 == 0)
    plan_pause (self, index, agent->shift_start + td_random_between (random, length / 10, length * 3 / 4), TD_SIM_PAUSE_TEST);
}
