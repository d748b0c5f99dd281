/* td-mock-secrets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "td-mock-secrets.h"

#include <string.h>

#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/mock"
#define ITEMS COLLECTION "/"
#define SESSION ROOT "/session/mock"

/* As much of the Secret Service specification as storing, finding and
 * forgetting a password takes. */
static const char xml[] =
  "<node>"
  " <interface name='org.freedesktop.Secret.Service'>"
  "  <method name='OpenSession'><arg direction='in' type='s'/><arg direction='in' type='v'/>"
  "   <arg direction='out' type='v'/><arg direction='out' type='o'/></method>"
  "  <method name='SearchItems'><arg direction='in' type='a{ss}'/>"
  "   <arg direction='out' type='ao'/><arg direction='out' type='ao'/></method>"
  "  <method name='GetSecrets'><arg direction='in' type='ao'/><arg direction='in' type='o'/>"
  "   <arg direction='out' type='a{o(oayays)}'/></method>"
  "  <method name='Unlock'><arg direction='in' type='ao'/>"
  "   <arg direction='out' type='ao'/><arg direction='out' type='o'/></method>"
  "  <method name='ReadAlias'><arg direction='in' type='s'/><arg direction='out' type='o'/></method>"
  "  <property name='Collections' type='ao' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Collection'>"
  "  <method name='CreateItem'><arg direction='in' type='a{sv}'/><arg direction='in' type='(oayays)'/>"
  "   <arg direction='in' type='b'/><arg direction='out' type='o'/><arg direction='out' type='o'/></method>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Item'>"
  "  <method name='Delete'><arg direction='out' type='o'/></method>"
  " </interface>"
  "</node>";

static GVariant *
list_items (MockSecrets *self,
            const char  *profile)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("ao"));
  if (g_hash_table_contains (self->secrets, profile))
    {
      g_autofree char *path = g_strconcat (ITEMS, profile, NULL);

      g_variant_builder_add (&builder, "o", path);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
make_secret (const char *secret)
{
  g_autoptr (GVariantBuilder) none = g_variant_builder_new (G_VARIANT_TYPE ("ay"));

  return g_variant_new ("(o@ay@ays)", SESSION, g_variant_builder_end (none),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, secret, strlen (secret), 1), "text/plain");
}

static void
get_secrets (MockSecrets           *self,
             GVariant              *parameters,
             GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariantIter) paths = NULL;
  GVariantBuilder builder;
  const char     *path;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{o(oayays)}"));
  g_variant_get (parameters, "(aoo)", &paths, NULL);
  while (g_variant_iter_next (paths, "&o", &path))
    {
      const char *secret = g_hash_table_lookup (self->secrets, path + strlen (ITEMS));

      if (secret != NULL)
        g_variant_builder_add (&builder, "{o@(oayays)}", path, make_secret (secret));
    }

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{o(oayays)})", &builder));
}

static void
create_item (MockSecrets           *self,
             GVariant              *parameters,
             GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  g_autoptr (GVariant) attributes = NULL;
  g_autofree char *path = NULL;
  const char      *profile;
  const char      *text;
  gsize            length;

  attributes = g_variant_lookup_value (properties, "org.freedesktop.Secret.Item.Attributes", G_VARIANT_TYPE ("a{ss}"));
  g_assert_true (g_variant_lookup (attributes, "profile", "&s", &profile));
  text = g_variant_get_fixed_array (value, &length, 1);
  g_hash_table_replace (self->secrets, g_strdup (profile), g_strndup (text, length));
  self->n_stored++;

  path = g_strconcat (ITEMS, profile, NULL);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", path, "/"));
}

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *object_path,
         const char            *interface_name,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  MockSecrets *self = user_data;
  const char  *text;

  if (strcmp (method, "OpenSession") == 0)
    {
      g_variant_get (parameters, "(&sv)", &text, NULL);
      if (strcmp (text, "plain") == 0)
        g_dbus_method_invocation_return_value (invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION));
      else
        g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED, text);
    }
  else if (self->is_broken)
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.Secret.Error.IsLocked", "it is locked");
  else if (strcmp (method, "SearchItems") == 0)
    {
      g_autoptr (GVariant) attributes = g_variant_get_child_value (parameters, 0);

      g_assert_true (g_variant_lookup (attributes, "profile", "&s", &text));
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@ao@ao)", list_items (self, text),
                                                                        g_variant_new ("ao", NULL)));
    }
  else if (strcmp (method, "GetSecrets") == 0)
    get_secrets (self, parameters, invocation);
  else if (strcmp (method, "Unlock") == 0)
    {
      g_autoptr (GVariant) paths = g_variant_get_child_value (parameters, 0);

      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aoo)", paths, "/"));
    }
  else if (strcmp (method, "ReadAlias") == 0)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", COLLECTION));
  else if (strcmp (method, "CreateItem") == 0)
    create_item (self, parameters, invocation);
  else
    {
      g_assert_cmpstr (method, ==, "Delete");
      g_assert_true (g_hash_table_remove (self->secrets, object_path + strlen (ITEMS)));
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
    }
}

static GVariant *
get_property_cb (GDBusConnection *connection,
                 const char      *sender,
                 const char      *object_path,
                 const char      *interface_name,
                 const char      *property,
                 GError         **error,
                 gpointer         user_data)
{
  const char *const collections[] = { COLLECTION, NULL };

  return g_variant_new_objv (collections, -1);
}

static const GDBusInterfaceVTable vtable = { .method_call = call_cb, .get_property = get_property_cb };

static char **
enumerate_cb (GDBusConnection *connection,
              const char      *sender,
              const char      *object_path,
              gpointer         user_data)
{
  MockSecrets *self = user_data;

  return (char **)g_hash_table_get_keys_as_array (self->secrets, NULL);
}

static GDBusInterfaceInfo **
introspect_cb (GDBusConnection *connection,
               const char      *sender,
               const char      *object_path,
               const char      *node,
               gpointer         user_data)
{
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  GDBusInterfaceInfo **interfaces = g_new0 (GDBusInterfaceInfo *, 2);

  interfaces[0] = g_dbus_interface_info_ref (g_dbus_node_info_lookup_interface (info, "org.freedesktop.Secret.Item"));

  return interfaces;
}

static const GDBusInterfaceVTable *
dispatch_cb (GDBusConnection *connection,
             const char      *sender,
             const char      *object_path,
             const char      *interface_name,
             const char      *node,
             gpointer        *out_user_data,
             gpointer         user_data)
{
  *out_user_data = user_data;

  return &vtable;
}

static const GDBusSubtreeVTable subtree_vtable = {
  .enumerate = enumerate_cb,
  .introspect = introspect_cb,
  .dispatch = dispatch_cb,
};

static void
add_object (MockSecrets *self,
            const char  *path,
            const char  *interface_name)
{
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (self->connection, path, g_dbus_node_info_lookup_interface (info, interface_name),
                                     &vtable, self, NULL, &error);
  g_assert_no_error (error);
}

MockSecrets *
mock_secrets_new (GDBusConnection *connection)
{
  MockSecrets *self = g_new0 (MockSecrets, 1);
  g_autoptr (GError) error = NULL;

  self->connection = g_object_ref (connection);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  add_object (self, ROOT, "org.freedesktop.Secret.Service");
  add_object (self, ROOT "/aliases/default", "org.freedesktop.Secret.Collection");
  add_object (self, COLLECTION, "org.freedesktop.Secret.Collection");
  g_dbus_connection_register_subtree (connection, COLLECTION, &subtree_vtable,
                                      G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES, self, NULL, &error);
  g_assert_no_error (error);

  return self;
}

void
mock_secrets_free (MockSecrets *self)
{
  g_hash_table_unref (self->secrets);
  g_object_unref (self->connection);
  g_free (self);
}
