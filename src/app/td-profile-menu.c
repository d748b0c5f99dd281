/* td-profile-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-menu.h"

#include <glib/gi18n.h>

#include "td-profile.h"

/* The text of a mnemonic in a title that somebody chose. */
static char *
escape_mnemonic (const char *title)
{
  g_auto (GStrv) parts = g_strsplit (title, "_", -1);

  return g_strjoinv ("__", parts);
}

/**
 * td_profile_menu_new:
 *
 * The centres that can be watched, and what can be done about them; for the
 * actions "profile", "add-centre" and "preferences" of the application. Reads
 * the profiles' files.
 *
 * Returns: (transfer full): a menu of the profiles that there are now
 */
GMenuModel *
td_profile_menu_new (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) profiles = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();
  g_auto (GStrv) names = td_profile_list ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      /* One that cannot be read is still there: choosing it says why. */
      g_autoptr (TdProfile) profile = td_profile_load (names[i], NULL);
      g_autofree char *label = escape_mnemonic (profile != NULL && profile->title != NULL ? profile->title : names[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "app.profile", "s", names[i]);
      g_menu_append_item (profiles, item);
    }
  g_menu_append (more, _ ("_Add a Centre…"), "app.add-centre");
  g_menu_append (more, _ ("_Preferences"), "app.preferences");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (profiles));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}
