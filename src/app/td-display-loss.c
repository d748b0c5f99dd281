/* td-display-loss.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-display-loss.h"

#ifdef TD_HAVE_X11
#  include <X11/Xlib.h>
#  include <glib/gi18n.h>
#  include <stdlib.h>
#  include <unistd.h>

static int
lost_cb (Display *display)
{
  g_printerr ("%s\n", _ ("tongdai: the display is gone; the program ends here"));
  /* Exit handlers would speak to the display once more. */
  _exit (EXIT_FAILURE);
}
#endif

/**
 * td_display_loss_tell:
 *
 * Lets the program say so when its X server goes, and end with a failure, so
 * that whatever started it can start it anew. GDK alone ends it without a
 * word; for Wayland it speaks by itself.
 *
 * To be called once GTK was initialised, whatever the display is.
 */
void
td_display_loss_tell (void)
{
#ifdef TD_HAVE_X11
  XSetIOErrorHandler (lost_cb);
#endif
}
