/* td-alert-evidence-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-facts-private.h"
#include "td-poller.h"

G_BEGIN_DECLS

/**
 * TdAlertWitness:
 * @poller: (nullable): how the source answers
 *
 * Who is asked for the words of an alert; borrowed.
 */
typedef struct
{
  TdCentre     *centre;
  TdOutlook    *outlook;
  TdAgentJudge *judge;
  TdPoller     *poller;
  TdAlertFacts *facts;
  gint64        now;
} TdAlertWitness;

char *td_alert_evidence_get_title (const TdAlertWitness *witness,
                                   const TdAlert        *alert,
                                   const char           *rule_title);
char *td_alert_evidence_describe (const TdAlertWitness *witness,
                                  const TdAlert        *alert);

G_END_DECLS
