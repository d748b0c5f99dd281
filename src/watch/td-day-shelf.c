/* td-day-shelf.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-day-shelf.h"

/* What is wanted, and what has become of it. */
typedef struct
{
  guint      julian;
  gboolean   with_normal;
  TdPastDay *day;     /* (owned) (nullable): as far as it was read */
  gboolean   is_read; /* with all that is wanted */
} Place;

struct _TdDayShelf
{
  GObject parent_instance;

  TdOutlook    *outlook;       /* (owned) */
  GArray       *places;        /* (owned) (element-type Place) */
  GCancellable *reading;       /* (owned) (nullable): of what is being read */
  char         *error_message; /* (owned) (nullable) */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdDayShelf, td_day_shelf, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void read_next (TdDayShelf *self);

static void
clear_place (gpointer data)
{
  g_clear_object (&((Place *)data)->day);
}

static void
stop_reading (TdDayShelf *self)
{
  g_autoptr (GCancellable) reading = g_steal_pointer (&self->reading);

  if (reading != NULL)
    g_cancellable_cancel (reading);
}

static void
td_day_shelf_dispose (GObject *object)
{
  TdDayShelf *self = TD_DAY_SHELF (object);

  stop_reading (self);
  g_clear_object (&self->outlook);

  G_OBJECT_CLASS (td_day_shelf_parent_class)->dispose (object);
}

static void
td_day_shelf_finalize (GObject *object)
{
  TdDayShelf *self = TD_DAY_SHELF (object);

  g_array_unref (self->places);
  g_free (self->error_message);

  G_OBJECT_CLASS (td_day_shelf_parent_class)->finalize (object);
}

static void
td_day_shelf_class_init (TdDayShelfClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_day_shelf_dispose;
  object_class->finalize = td_day_shelf_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_day_shelf_init (TdDayShelf *self)
{
  self->places = g_array_new (FALSE, TRUE, sizeof (Place));
  g_array_set_clear_func (self->places, clear_place);
}

/**
 * td_day_shelf_new:
 * @outlook: whose history is read
 *
 * Returns: (transfer full): an empty shelf
 */
TdDayShelf *
td_day_shelf_new (TdOutlook *outlook)
{
  TdDayShelf *self;

  g_return_val_if_fail (TD_IS_OUTLOOK (outlook), NULL);

  self = g_object_new (TD_TYPE_DAY_SHELF, NULL);
  self->outlook = g_object_ref (outlook);

  return self;
}

static Place *
find (TdDayShelf *self,
      guint       julian)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = &g_array_index (self->places, Place, i);

      if (place->julian == julian)
        return place;
    }

  return NULL;
}

/* Who asked may be gone, or have asked for something else. */
typedef struct
{
  GWeakRef      shelf;
  GCancellable *cancellable; /* (owned) */
  guint         julian;
  gboolean      with_normal;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_weak_ref_clear (&waiting->shelf);
  g_object_unref (waiting->cancellable);
  g_free (waiting);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Waiting *waiting = user_data;
  g_autoptr (TdDayShelf) self = g_weak_ref_get (&waiting->shelf);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPastDay) day = td_past_day_read_finish (TD_OUTLOOK (object), result, &error);
  Place *place;

  if (self != NULL && self->reading == waiting->cancellable)
    {
      g_clear_object (&self->reading);
      place = find (self, waiting->julian);
      if (place != NULL && day != NULL)
        {
          /* Of an empty day there was no normal either. */
          place->is_read = waiting->with_normal || !place->with_normal || td_past_day_is_empty (day);
          g_set_object (&place->day, day);
        }
      else if (place != NULL)
        {
          place->is_read = TRUE;
          g_free (self->error_message);
          self->error_message = g_strdup (error->message);
        }
      read_next (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  waiting_free (waiting);
}

/* First the minutes of all, which is quick, then what was normal. */
static Place *
find_unread (TdDayShelf *self)
{
  Place *unread = NULL;

  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = &g_array_index (self->places, Place, i);

      if (!place->is_read && place->day == NULL)
        return place;
      if (!place->is_read)
        unread = place;
    }

  return unread;
}

static void
read_next (TdDayShelf *self)
{
  Place   *place = find_unread (self);
  Waiting *waiting;

  if (self->reading != NULL || place == NULL)
    return;

  self->reading = g_cancellable_new ();
  waiting = g_new0 (Waiting, 1);
  g_weak_ref_init (&waiting->shelf, self);
  waiting->cancellable = g_object_ref (self->reading);
  waiting->julian = place->julian;
  waiting->with_normal = place->day != NULL;
  td_past_day_read_async (self->outlook, place->julian, waiting->with_normal, self->reading, read_cb, waiting);
}

static void
put (TdDayShelf *self,
     GArray     *places,
     guint       julian,
     gboolean    with_normal)
{
  Place  place = { .julian = julian, .with_normal = with_normal };
  Place *known = find (self, julian);

  if (!g_date_valid_julian (julian) || places->len >= TD_DAY_SHELF_MAX_DAYS)
    return;

  for (guint i = 0; i < places->len; i++)
    {
      if (g_array_index (places, Place, i).julian == julian)
        return;
    }

  if (known != NULL)
    {
      place.day = known->day != NULL ? g_object_ref (known->day) : NULL;
      place.is_read = known->is_read && (known->with_normal || !with_normal);
    }
  g_array_append_val (places, place);
}

/**
 * td_day_shelf_want:
 * @self: a shelf
 * @main_day: a date, as of g_date_get_julian(), of which also what was normal is read; 0 for none
 * @other_days: (array length=n_others): more dates
 * @n_others: how many
 *
 * Keeps these days and no others.
 */
void
td_day_shelf_want (TdDayShelf  *self,
                   guint        main_day,
                   const guint *other_days,
                   guint        n_others)
{
  GArray *places;

  g_return_if_fail (TD_IS_DAY_SHELF (self));
  g_return_if_fail (other_days != NULL || n_others == 0);

  places = g_array_new (FALSE, TRUE, sizeof (Place));
  g_array_set_clear_func (places, clear_place);
  put (self, places, main_day, TRUE);
  for (guint i = 0; i < n_others; i++)
    put (self, places, other_days[i], FALSE);
  g_array_unref (self->places);
  self->places = places;

  g_clear_pointer (&self->error_message, g_free);
  stop_reading (self);
  read_next (self);
}

/**
 * td_day_shelf_read_anew:
 * @self: a shelf
 *
 * Reads its days again, as after hours of them were marked. What was read
 * holds until then.
 */
void
td_day_shelf_read_anew (TdDayShelf *self)
{
  g_return_if_fail (TD_IS_DAY_SHELF (self));

  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = &g_array_index (self->places, Place, i);

      place->is_read = FALSE;
      if (!place->with_normal)
        g_clear_object (&place->day);
    }
  g_clear_pointer (&self->error_message, g_free);
  stop_reading (self);
  read_next (self);
}

/**
 * td_day_shelf_get:
 * @self: a shelf
 * @julian: a date
 *
 * Returns: (transfer none) (nullable): the day as far as it was read
 */
TdPastDay *
td_day_shelf_get (TdDayShelf *self,
                  guint       julian)
{
  Place *place;

  g_return_val_if_fail (TD_IS_DAY_SHELF (self), NULL);

  place = find (self, julian);

  return place != NULL ? place->day : NULL;
}

gboolean
td_day_shelf_is_reading (TdDayShelf *self)
{
  g_return_val_if_fail (TD_IS_DAY_SHELF (self), FALSE);

  return self->reading != NULL;
}

/**
 * td_day_shelf_get_error_message:
 * @self: a shelf
 *
 * Returns: (nullable): why a day could not be read, translated
 */
const char *
td_day_shelf_get_error_message (TdDayShelf *self)
{
  g_return_val_if_fail (TD_IS_DAY_SHELF (self), NULL);

  return self->error_message;
}
