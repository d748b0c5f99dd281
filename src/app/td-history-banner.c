/* td-history-banner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-banner.h"

#include <glib/gi18n.h>

struct _TdHistoryBanner
{
  AdwBin parent_instance;

  TdHistory   *history; /* (owned) (nullable) */
  char        *read;    /* (owned) (nullable): what a person put away */
  GtkRevealer *revealer;
  GtkLabel    *label;
};

G_DEFINE_FINAL_TYPE (TdHistoryBanner, td_history_banner, ADW_TYPE_BIN)

static void
update (TdHistoryBanner *self)
{
  const char *text = NULL;

  if (self->history != NULL)
    {
      text = td_history_get_error_message (self->history);
      if (text == NULL)
        text = td_history_get_notice (self->history);
    }

  if (text != NULL && g_strcmp0 (gtk_label_get_label (self->label), text) != 0)
    gtk_label_set_label (self->label, text);
  gtk_revealer_set_reveal_child (self->revealer, text != NULL && g_strcmp0 (text, self->read) != 0);
  /* Nothing of it is to be reached by the keyboard while it is hidden. */
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && g_strcmp0 (text, self->read) != 0);
}

static void
close_cb (TdHistoryBanner *self)
{
  g_free (self->read);
  self->read = g_strdup (gtk_label_get_label (self->label));
  update (self);
}

static void
td_history_banner_dispose (GObject *object)
{
  TdHistoryBanner *self = TD_HISTORY_BANNER (object);

  td_history_banner_set_history (self, NULL);
  g_clear_pointer (&self->read, g_free);

  G_OBJECT_CLASS (td_history_banner_parent_class)->dispose (object);
}

static void
td_history_banner_class_init (TdHistoryBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_history_banner_dispose;
}

static void
td_history_banner_init (TdHistoryBanner *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "spacing", 12,
                                 "margin-top", 8, "margin-start", 14, "margin-end", 14, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "icon-name", "dialog-warning-symbolic", NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (self->label, 3);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Hide"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_add_css_class (box, "td-banner");
  gtk_widget_add_css_class (box, "stale");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), button);

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * td_history_banner_set_history:
 * @self: a banner
 * @history: (nullable): of which it tells
 */
void
td_history_banner_set_history (TdHistoryBanner *self,
                               TdHistory       *history)
{
  g_return_if_fail (TD_IS_HISTORY_BANNER (self));
  g_return_if_fail (history == NULL || TD_IS_HISTORY (history));

  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_set_object (&self->history, history);
  g_clear_pointer (&self->read, g_free);
  if (history != NULL)
    {
      g_signal_connect_swapped (history, "notify::error-message", G_CALLBACK (update), self);
      g_signal_connect_swapped (history, "notify::notice", G_CALLBACK (update), self);
    }
  update (self);
}
