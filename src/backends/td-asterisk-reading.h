/* td-asterisk-reading.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-asterisk-tracker.h"

G_BEGIN_DECLS

/* Rows of what one poll brought, checked; strings are borrowed from the
 * reading. Times are µs since 1970, TD_UNKNOWN where Asterisk says 0. */

typedef struct
{
  const char *id;
  gint64      completed;
  gint64      abandoned;
  gint64      hold_s; /* running averages */
  gint64      talk_s;
  gint64      service_level_s;
  double      in_time;        /* 0…1 of the completed calls, or NAN */
  double      in_time_of_all; /* abandoned calls included, or NAN */
} TdAsteriskQueueRow;

typedef struct
{
  const char *queue;
  const char *interface;
  const char *name;         /* (nullable) */
  const char *pause_reason; /* (nullable) */
  gint64      status;
  gint64      last_call;
  gint64      last_pause;
  gint64      login_time;
  gint64      wrap_up; /* µs */
  gboolean    in_call;
  gboolean    paused;
} TdAsteriskMemberRow;

typedef struct
{
  const char *queue;
  const char *id;
  const char *number; /* (nullable) */
  gint64      position;
  gint64      wait_s;
} TdAsteriskCallerRow;

typedef struct
{
  const char *id;
  const char *application; /* (nullable) */
  const char *data;        /* (nullable) */
  const char *queue;       /* (nullable): the variables' word, also of a call that is over */
  const char *interface;   /* (nullable) */
  gint64      hold_s;      /* or TD_UNKNOWN */
  gint64      seconds;     /* or TD_UNKNOWN */
  gboolean    bridged;
  gboolean    hung_up; /* only what the dial plan does after the call is left */
  const char *number;  /* (nullable) */
} TdAsteriskChannelRow;

typedef enum {
  TD_ASTERISK_EVENT_JOIN,
  TD_ASTERISK_EVENT_LEAVE,
  TD_ASTERISK_EVENT_ABANDON,
  TD_ASTERISK_EVENT_CALLED,
  TD_ASTERISK_EVENT_CONNECT,
  TD_ASTERISK_EVENT_COMPLETE,
  TD_ASTERISK_EVENT_NO_ANSWER,
  TD_ASTERISK_EVENT_MEMBER,
  TD_ASTERISK_EVENT_REMOVED,
} TdAsteriskEventKind;

typedef struct
{
  TdAsteriskEventKind kind;
  gint64              time;
  gboolean            is_exact; /* @time is the event's own */
  const char         *queue;
  const char         *caller;    /* (nullable) */
  const char         *number;    /* (nullable) */
  const char         *interface; /* (nullable) */
  gint64              position;
  gint64              hold_s; /* or TD_UNKNOWN */
  gint64              talk_s; /* or TD_UNKNOWN */
  TdAsteriskMemberRow member; /* of a member's event */
} TdAsteriskEvent;

/**
 * TdAsteriskReading:
 * @queues: (element-type TdAsteriskQueueRow)
 * @members: (element-type TdAsteriskMemberRow): each of a queue in @queues
 * @callers: (element-type TdAsteriskCallerRow): each of a queue in @queues
 * @channels: (element-type TdAsteriskChannelRow)
 * @has_channels: Status was told
 * @events: (element-type TdAsteriskEvent): in their order
 * @core_start: when the server started, or %TD_UNKNOWN
 *
 * What one poll brought, understood as a whole.
 */
typedef struct
{
  GArray    *queues;
  GArray    *members;
  GArray    *callers;
  GArray    *channels;
  gboolean   has_channels;
  GArray    *events;
  gint64     core_start;
  GPtrArray *answers; /* (owned): what the strings are borrowed from */
} TdAsteriskReading;

TdAsteriskReading *td_asterisk_reading_new (const TdAsteriskPoll *poll,
                                            GTimeZone            *zone,
                                            GError              **error);
void               td_asterisk_reading_free (TdAsteriskReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAsteriskReading, td_asterisk_reading_free)

G_END_DECLS
