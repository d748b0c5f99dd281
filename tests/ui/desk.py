#!/usr/bin/python3
"""A desktop's service for notifications, as far as a test needs one.

Says on its standard output, a line of JSON each, what it was asked to show or
to close; does on a line "ID KEY" of its standard input what a click does.
"""

import json
import sys

from gi.repository import Gio, GLib

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
INTERFACE = Gio.DBusNodeInfo.new_for_xml("""
<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>""").interfaces[0]


class Desk:
    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.last = 0
        self.bus.register_object(PATH, INTERFACE, self.called)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE,
                                       lambda *_: self.say(kind="ready"), None)
        GLib.io_add_watch(GLib.IOChannel.unix_new(sys.stdin.fileno()), GLib.PRIORITY_DEFAULT,
                          GLib.IOCondition.IN | GLib.IOCondition.HUP, self.clicked)

    @staticmethod
    def say(**what):
        print(json.dumps(what), flush=True)

    def called(self, connection, sender, path, interface, method, parameters, invocation):
        values = parameters.unpack()
        answer = None
        if method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body", "persistence"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("desk", "test", "1", "1.2"))
        elif method == "Notify":
            replaces, title, body, actions, hints = values[1], values[3], values[4], values[5], values[6]
            self.last += 0 if replaces else 1
            identity = replaces or self.last
            self.say(kind="show", id=identity, title=title, body=body, urgency=hints.get("urgency"),
                     actions=dict(zip(actions[1::2], actions[0::2])))
            answer = GLib.Variant("(u)", (identity,))
        elif method == "CloseNotification":
            self.say(kind="close", id=values[0])
        invocation.return_value(answer)

    def clicked(self, *_):
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        identity, key = line.rstrip("\n").split(" ", 1)
        self.bus.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (int(identity), key)))
        return True


loop = GLib.MainLoop()
desk = Desk()
loop.run()
