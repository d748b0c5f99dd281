/* td-taught-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-taught-card.h"

#include <glib/gi18n.h>

#include "td-day-calendar.h"
#include "td-stat-tile.h"

#define N_DAYS (26 * 7)

struct _TdTaughtCard
{
  GtkWidget parent_instance;

  char *sum_text; /* (owned) (nullable) */
  char *chosen;   /* (owned) (nullable): what there is to say of the day that the keys chose */

  GtkWidget *sum;
  GtkWidget *calendar;
  GtkWidget *legend[TD_N_DAY_USES];
};

G_DEFINE_FINAL_TYPE (TdTaughtCard, td_taught_card, GTK_TYPE_WIDGET)

static void
td_taught_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (td_taught_card_parent_class)->dispose (object);
}

static void
td_taught_card_finalize (GObject *object)
{
  TdTaughtCard *self = TD_TAUGHT_CARD (object);

  g_free (self->sum_text);
  g_free (self->chosen);

  G_OBJECT_CLASS (td_taught_card_parent_class)->finalize (object);
}

static void
td_taught_card_class_init (TdTaughtCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_taught_card_dispose;
  object_class->finalize = td_taught_card_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "taughtcard");
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *css_class,
           const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

/* Who goes through the days by the keys reads of each beside the title. */
static void
chosen_cb (TdTaughtCard *self,
           const char   *text)
{
  g_free (self->chosen);
  self->chosen = g_strdup (text);
  td_label_set (GTK_LABEL (self->sum), text != NULL ? text : self->sum_text);
}

static void
td_taught_card_init (TdTaughtCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget        *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget        *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget        *legend = gtk_box_new (GTK_ORIENTATION_VERTICAL, 5);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  gtk_widget_add_css_class (GTK_WIDGET (self), "td-card");

  add_label (head, "td-title", _ ("Which days teach what is normal"));
  self->sum = add_label (head, "td-caption", NULL);
  gtk_widget_set_parent (head, GTK_WIDGET (self));

  self->calendar = td_day_calendar_new ();
  g_signal_connect_swapped (self->calendar, "chosen", G_CALLBACK (chosen_cb), self);
  gtk_widget_set_hexpand (self->calendar, TRUE);
  gtk_widget_set_vexpand (self->calendar, TRUE);
  gtk_box_append (GTK_BOX (body), self->calendar);
  for (guint i = 0; i < TD_N_DAY_USES; i++)
    self->legend[i] = add_label (legend, "td-caption", NULL);
  gtk_box_append (GTK_BOX (body), legend);
  gtk_widget_set_parent (body, GTK_WIDGET (self));
}

GtkWidget *
td_taught_card_new (void)
{
  return g_object_new (TD_TYPE_TAUGHT_CARD, NULL);
}

static TdDayUse
get_use (const TdOutlookDay *day)
{
  if (day->taught == TD_OUTLOOK_TAUGHT_ALL && day->kind != TD_OUTLOOK_DAY_HOLIDAY)
    return TD_DAY_USE_TAUGHT;

  switch (day->kind)
    {
    case TD_OUTLOOK_DAY_INCIDENT:
      return TD_DAY_USE_INCIDENT;

    case TD_OUTLOOK_DAY_HOLIDAY:
      return TD_DAY_USE_HOLIDAY;

    case TD_OUTLOOK_DAY_NO_DATA:
      return TD_DAY_USE_EMPTY;

    case TD_OUTLOOK_DAY_GAPS:
    case TD_OUTLOOK_DAY_CLOSED:
      return day->taught == TD_OUTLOOK_TAUGHT_PARTLY ? TD_DAY_USE_PARTLY : TD_DAY_USE_GAP;

    case TD_OUTLOOK_DAY_REGIME:
    case TD_OUTLOOK_DAY_ORDINARY:
    default:
      return day->taught == TD_OUTLOOK_TAUGHT_NOTHING ? TD_DAY_USE_EMPTY : TD_DAY_USE_PARTLY;
    }
}

static const char *
get_kind (const TdOutlookDay *day)
{
  switch (day->kind)
    {
    case TD_OUTLOOK_DAY_HOLIDAY:
      return _ ("a holiday");

    case TD_OUTLOOK_DAY_REGIME:
      return _ ("a new normal begins");

    case TD_OUTLOOK_DAY_INCIDENT:
      return _ ("an incident");

    case TD_OUTLOOK_DAY_GAPS:
      return _ ("not all observed");

    case TD_OUTLOOK_DAY_CLOSED:
      return _ ("hardly any calls");

    case TD_OUTLOOK_DAY_NO_DATA:
      return _ ("nothing is known");

    case TD_OUTLOOK_DAY_ORDINARY:
    default:
      return NULL;
    }
}

static char *
describe (const TdOutlookDay *day)
{
  const char *taught = day->taught == TD_OUTLOOK_TAUGHT_ALL      ? _ ("teaches")
                       : day->taught == TD_OUTLOOK_TAUGHT_PARTLY ? _ ("teaches in part")
                                                                 : _ ("teaches nothing");
  const char *why = day->text != NULL ? day->text : get_kind (day);

  return why != NULL ? g_strdup_printf ("%s · %s", taught, why) : g_strdup (taught);
}

static void
show_legend (TdTaughtCard *self,
             const guint  *n_uses)
{
  static const struct
  {
    const char *shape;
    const char *name;
  } uses[TD_N_DAY_USES] = {
    [TD_DAY_USE_TAUGHT] = { "■", N_ ("teach") },
    [TD_DAY_USE_PARTLY] = { "▥", N_ ("in part (pale)") },
    [TD_DAY_USE_INCIDENT] = { "◆", N_ ("out: incident") },
    [TD_DAY_USE_HOLIDAY] = { "●", N_ ("holidays") },
    [TD_DAY_USE_GAP] = { "▨", N_ ("out: not observed") },
    [TD_DAY_USE_EMPTY] = { "□", N_ ("unknown") },
  };

  for (guint i = 0; i < TD_N_DAY_USES; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u %s", uses[i].shape, n_uses[i], gettext (uses[i].name));

      td_label_set (GTK_LABEL (self->legend[i]), n_uses[i] > 0 ? text : NULL);
    }
}

/**
 * td_taught_card_show:
 * @self: a card
 * @outlook: what was learnt
 *
 * Shows the last half year.
 */
void
td_taught_card_show (TdTaughtCard *self,
                     TdOutlook    *outlook)
{
  g_autofree TdOutlookDay *days = g_new (TdOutlookDay, N_DAYS);
  g_autofree TdDayUse     *uses = g_new (TdDayUse, N_DAYS);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint            n_uses[TD_N_DAY_USES] = { 0 };
  guint            n_days = N_DAYS;
  guint            n_taught;
  g_autofree char *sum = NULL;

  g_return_if_fail (TD_IS_TAUGHT_CARD (self));

  td_outlook_get_days (outlook, days, N_DAYS);
  if (!g_date_valid_julian (days[0].julian))
    n_days = 0;
  for (guint i = 0; i < n_days; i++)
    {
      uses[i] = get_use (&days[i]);
      n_uses[uses[i]]++;
      g_ptr_array_add (texts, describe (&days[i]));
    }
  n_taught = n_uses[TD_DAY_USE_TAUGHT] + n_uses[TD_DAY_USE_PARTLY];
  /* Translators: of the days that a calendar shows. */
  sum = g_strdup_printf (ngettext ("%u day teaches", "%u days teach", n_taught), n_taught);

  g_free (self->sum_text);
  self->sum_text = n_taught > 0 ? g_steal_pointer (&sum) : g_strdup (_ ("no day yet"));
  td_label_set (GTK_LABEL (self->sum), self->chosen != NULL ? self->chosen : self->sum_text);
  td_day_calendar_set_days (TD_DAY_CALENDAR (self->calendar), n_days > 0 ? days[0].julian : 1, uses,
                            (const char *const *)texts->pdata, n_days);
  show_legend (self, n_uses);
}
