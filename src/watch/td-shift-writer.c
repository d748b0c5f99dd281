/* td-shift-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-file-private.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "td-profile-private.h"
#include "td-time.h"

const TdShiftEdge td_shift_edges[TD_SHIFT_N_EDGES] = {
  { "mean", G_STRUCT_OFFSET (TdOutlookRange, mean) },
  { "low80", G_STRUCT_OFFSET (TdOutlookRange, low80) },
  { "high80", G_STRUCT_OFFSET (TdOutlookRange, high80) },
  { "low95", G_STRUCT_OFFSET (TdOutlookRange, low95) },
  { "high95", G_STRUCT_OFFSET (TdOutlookRange, high95) },
};

const char *const td_shift_event_words[TD_N_SHIFT_EVENT_KINDS] = { "incident", "own-fault", "test", "regime", "alert" };

typedef struct
{
  JsonBuilder *builder; /* (owned) */
  GTimeZone   *zone;    /* (owned) */
} Writer;

/* What is unknown is absent. */

static void
add_text (Writer     *self,
          const char *name,
          const char *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (self->builder, name);
  json_builder_add_string_value (self->builder, text);
}

static void
add_integer (Writer     *self,
             const char *name,
             gint64      value)
{
  if (!TD_IS_KNOWN (value))
    return;

  json_builder_set_member_name (self->builder, name);
  json_builder_add_int_value (self->builder, value);
}

static void
add_number (Writer     *self,
            const char *name,
            double      value)
{
  if (isnan (value))
    return;

  json_builder_set_member_name (self->builder, name);
  json_builder_add_double_value (self->builder, value);
}

static void
add_ms (Writer     *self,
        const char *name,
        gint64      ms)
{
  if (TD_IS_KNOWN (ms))
    add_number (self, name, (double)ms / 1000);
}

static void
add_time (Writer     *self,
          const char *name,
          gint64      time)
{
  g_autofree char *text = TD_IS_KNOWN (time) ? td_time_format (time, self->zone) : NULL;

  add_text (self, name, text);
}

static void
begin_array (Writer     *self,
             const char *name)
{
  json_builder_set_member_name (self->builder, name);
  json_builder_begin_array (self->builder);
}

static void
begin_object (Writer     *self,
              const char *name)
{
  if (name != NULL)
    json_builder_set_member_name (self->builder, name);
  json_builder_begin_object (self->builder);
}

static void
end_object (Writer *self)
{
  json_builder_end_object (self->builder);
}

static void
add_range (Writer               *self,
           const char           *name,
           const TdOutlookRange *range)
{
  if (isnan (range->mean))
    return;

  begin_object (self, name);
  for (guint i = 0; i < TD_SHIFT_N_EDGES; i++)
    add_number (self, td_shift_edges[i].name, G_STRUCT_MEMBER (double, range, td_shift_edges[i].offset));
  end_object (self);
}

static void
add_figures (Writer               *self,
             const char           *name,
             const TdShiftFigures *figures)
{
  begin_object (self, name);
  if (*figures->id != '\0')
    add_text (self, "id", figures->id);
  add_text (self, "name", figures->name);
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      gint64 value = G_STRUCT_MEMBER (gint64, &figures->counts, td_counts_fields[i].offset);

      if (td_counts_fields[i].is_ms)
        add_ms (self, td_counts_fields[i].name, value);
      else
        add_integer (self, td_counts_fields[i].name, value);
    }
  add_integer (self, "missing_seconds", figures->missing_s);
  add_time (self, "longest_at", figures->longest_at);
  add_integer (self, "waiting", figures->waiting);
  add_integer (self, "waiting_beyond", figures->waiting_beyond);
  add_number (self, "compared", figures->compared);
  add_range (self, "normal", &figures->normal);
  end_object (self);
}

/* A row of doubles that are @stride bytes apart. */
static void
add_row (Writer       *self,
         const char   *name,
         gconstpointer first,
         gsize         stride,
         guint         n)
{
  begin_array (self, name);
  for (guint i = 0; i < n; i++)
    {
      double value = G_STRUCT_MEMBER (double, first, i *stride);

      if (isnan (value))
        json_builder_add_null_value (self->builder);
      else
        json_builder_add_double_value (self->builder, value);
    }
  json_builder_end_array (self->builder);
}

static void
add_minutes (Writer             *self,
             const TdShiftSheet *sheet)
{
  begin_object (self, "minutes");
  add_row (self, "offered", sheet->offered, sizeof (double), sheet->n_minutes);
  add_row (self, "rates", sheet->rates, sizeof (double), sheet->n_minutes);
  for (guint i = 0; i < TD_SHIFT_N_EDGES; i++)
    add_row (self, td_shift_edges[i].name, (const char *)sheet->normal + td_shift_edges[i].offset, sizeof (TdOutlookRange),
             sheet->n_minutes);
  end_object (self);
}

static void
add_event (Writer             *self,
           const TdShiftEvent *event)
{
  begin_object (self, NULL);
  add_text (self, "kind", td_shift_event_words[event->kind]);
  add_time (self, "from", event->from);
  add_time (self, "to", event->to);
  add_text (self, "queue", event->queue);
  add_text (self, "text", event->text);
  add_text (self, "evidence", event->evidence);
  add_text (self, "owner", event->owner);
  add_time (self, "owned_at", event->owned_at);
  add_number (self, "excess", event->excess);
  add_number (self, "peak", event->peak);
  add_ms (self, "longest_seconds", event->longest_ms);
  end_object (self);
}

static void
add_place (Writer             *self,
           const char         *name,
           const TdShiftPlace *place)
{
  begin_object (self, name);
  if (place->place != TD_PLACE_UNKNOWN)
    add_text (self, "place", td_place_to_string (place->place));
  add_text (self, "employer", place->employer);
  add_integer (self, "planned", place->planned);
  add_integer (self, "present", place->present);
  add_integer (self, "called_in", place->called_in);
  add_ms (self, "staffed_seconds", place->staffed_ms);
  end_object (self);
}

static void
add_service_level (Writer             *self,
                   const TdShiftSheet *sheet)
{
  begin_object (self, "service_level");
  add_text (self, "formula", td_profile_formula_words[sheet->formula]);
  add_ms (self, "seconds", sheet->service_level_ms);
  add_number (self, "target", sheet->target);
  add_ms (self, "short_abandon_seconds", sheet->short_abandon_ms);
  end_object (self);
}

static void
add_all_figures (Writer             *self,
                 const TdShiftSheet *sheet)
{
  add_time (self, "until", sheet->until);
  add_time (self, "made", sheet->made_at);
  add_service_level (self, sheet);
  add_integer (self, "days_learnt", sheet->days_learnt);
  add_figures (self, "total", &sheet->total);
  begin_array (self, "queues");
  for (guint i = 0; i < sheet->queues->len; i++)
    add_figures (self, NULL, g_ptr_array_index (sheet->queues, i));
  json_builder_end_array (self->builder);
  add_minutes (self, sheet);
  begin_array (self, "gaps");
  for (guint i = 0; i < sheet->gaps->len; i++)
    {
      const TdShiftGap *gap = &g_array_index (sheet->gaps, TdShiftGap, i);

      begin_object (self, NULL);
      add_time (self, "from", gap->from);
      add_time (self, "to", gap->to);
      add_integer (self, "queues", gap->n_queues);
      end_object (self);
    }
  json_builder_end_array (self->builder);
  begin_array (self, "events");
  for (guint i = 0; i < sheet->events->len; i++)
    add_event (self, g_ptr_array_index (sheet->events, i));
  json_builder_end_array (self->builder);
  begin_array (self, "places");
  for (guint i = 0; i < sheet->places->len; i++)
    add_place (self, NULL, g_ptr_array_index (sheet->places, i));
  json_builder_end_array (self->builder);
  add_place (self, "staff", &sheet->staff);
}

/**
 * td_shift_file_to_json:
 * @sheet: a shift
 *
 * The figures are in it only once it was handed over: before, they are the
 * history's.
 *
 * Returns: (transfer full): its file
 */
char *
td_shift_file_to_json (const TdShiftSheet *sheet)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  Writer           self;

  g_return_val_if_fail (sheet != NULL, NULL);

  zone = td_shift_sheet_get_zone (sheet);
  self = (Writer){ builder, zone };
  begin_object (&self, NULL);
  add_integer (&self, "format", TD_SHIFT_FORMAT);
  /* td_shift_file_peek() reads no further. */
  add_time (&self, "from", sheet->from);
  add_time (&self, "to", sheet->to);
  add_time (&self, "handed_over", sheet->handed_at);
  add_text (&self, "timezone", sheet->timezone);
  add_text (&self, "centre", sheet->centre);
  add_text (&self, "hotlines", sheet->hotlines);
  add_text (&self, "giver", sheet->giver);
  add_text (&self, "taker", sheet->taker);
  add_text (&self, "note", sheet->note);
  if (td_shift_sheet_is_frozen (sheet))
    add_all_figures (&self, sheet);
  end_object (&self);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);

  return g_strconcat (text, "\n", NULL);
}
