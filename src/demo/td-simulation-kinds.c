/* td-simulation-kinds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#define OUTAGE_LINE "1900.9000"
#define SERVICE_LINE "1900.1006"

const TdSimKindInfo td_sim_kinds[TD_SIM_N_KINDS] = {
  { "Mất điện – Miền Đông", "Mất điện", OUTAGE_LINE, 0.168, 214, 1.4, 1, { "Mất điện", "Mất điện", "Mất điện", "Chập chờn", "Điện yếu", "Hỏi lịch cắt điện" } },
  { "Sự cố lưới điện, nguy hiểm điện", "Sự cố, nguy hiểm điện", OUTAGE_LINE, 0.050, 246, 1.5, 2, { "Dây điện đứt", "Cây ngã vào dây", "Nổ cầu chì", "Cháy trạm biến áp", "Rò điện" } },
  { "Mất điện – Miền Tây", "Điện yếu, chập chờn", OUTAGE_LINE, 0.160, 207, 1.4, 1, { "Mất điện", "Mất điện", "Mất điện", "Chập chờn", "Điện yếu", "Hỏi lịch cắt điện" } },
  { "Hóa đơn tiền điện", "Hóa đơn tiền điện", SERVICE_LINE, 0.240, 193, 0.6, 0, { "Tra cứu hóa đơn", "Hóa đơn cao", "Thanh toán", "Thanh toán trùng", "Chưa nhận hóa đơn" } },
  { "Giảm tiền điện đợt 4", "Giảm tiền điện đợt 4", SERVICE_LINE, 0.120, 172, 0.7, 0, { "Điều kiện giảm", "Chưa được giảm", "Mức giảm" } },
  { "Dịch vụ điện mới", "Dịch vụ điện mới", SERVICE_LINE, 0.082, 228, 0.6, 0, { "Lắp điện mới", "Đổi tên hợp đồng", "Tăng công suất", "Di dời công tơ" } },
  { "Công tơ, ghi chỉ số", "Công tơ, ghi chỉ số", SERVICE_LINE, 0.070, 165, 0.6, 0, { "Chỉ số sai", "Công tơ hỏng", "Lịch ghi chỉ số" } },
  { "Khiếu nại", "Khiếu nại", SERVICE_LINE, 0.040, 274, 0.8, 0, { "Xử lý chậm", "Giá điện", "Thái độ phục vụ", "Bồi thường thiết bị" } },
  { "Ứng dụng, Zalo, SMS", "Ứng dụng, Zalo, SMS", SERVICE_LINE, 0.050, 151, 0.8, 0, { "Quên mật khẩu", "Không nhận SMS", "Đăng ký Zalo" } },
  { "Gọi lại", "Gọi lại", SERVICE_LINE, 0.020, 188, 0.7, 0, { "Hẹn gọi lại", "Gọi nhỡ" } },
};

const char *const td_sim_pause_reasons[TD_SIM_N_PAUSES] = {
  "Ăn trưa",
  "Ăn tối",
  "Nghỉ",
  "Đào tạo",
  "Họp",
  "Xét nghiệm",
  "Không nhấc máy",
};

static char *
join_provinces (guint first,
                guint n_provinces)
{
  GString *string;

  if (n_provinces == TD_SIM_N_PROVINCES)
    return g_strdup ("21 tỉnh, thành phía Nam");

  string = g_string_new (NULL);
  for (guint i = first; i < first + n_provinces; i++)
    g_string_append_printf (string, "%s%s", i > first ? ", " : "", td_sim_provinces[i].name);

  return g_string_free (string, FALSE);
}

/* The ten queues of the centre; or, where more are asked for, ten of each
 * province in turn, and then a second group of each. */
static void
init_queue (TdSimulation *self,
            guint         index)
{
  TdSimQueue          *queue = &self->queues[index];
  const TdSimKindInfo *kind;

  queue->kind = index % TD_SIM_N_KINDS;
  kind = &td_sim_kinds[queue->kind];
  queue->first_province = 0;
  queue->n_provinces = TD_SIM_N_PROVINCES;

  if (self->n_queues > TD_SIM_N_KINDS)
    {
      guint group = index / TD_SIM_N_KINDS;
      guint round = group / TD_SIM_N_PROVINCES;

      queue->pool = group % self->n_pools;
      queue->first_province = group % TD_SIM_N_PROVINCES;
      queue->n_provinces = 1;
      queue->name = round == 0
                      ? g_strdup_printf ("%s – %s", kind->province, td_sim_provinces[queue->first_province].name)
                      : g_strdup_printf ("%s – %s %u", kind->province, td_sim_provinces[queue->first_province].name, round + 1);
      queue->share = kind->share * td_sim_provinces[queue->first_province].weight;
    }
  else
    {
      if (queue->kind == TD_SIM_KIND_OUTAGE_EAST)
        queue->n_provinces = TD_SIM_N_EASTERN;
      else if (queue->kind == TD_SIM_KIND_OUTAGE_WEST)
        {
          queue->first_province = TD_SIM_N_EASTERN;
          queue->n_provinces = TD_SIM_N_PROVINCES - TD_SIM_N_EASTERN;
        }
      queue->name = g_strdup (kind->name);
      queue->share = kind->share;
    }

  queue->id = g_strdup_printf ("q%u", index + 1);
  queue->area = join_provinces (queue->first_province, queue->n_provinces);
  queue->hotline = kind->hotline;
  queue->reason = kind->reasons[0];
  queue->hold_chance = 0.12;
  queue->wrap_up_s = 0.16 * kind->aht_s;
  queue->talk_s = kind->aht_s - queue->wrap_up_s - queue->hold_chance * TD_SIM_HOLD_S;
  queue->first_call = queue->last_call = TD_SIM_NONE;
  queue->first_idle = queue->last_idle = TD_SIM_NONE;
  queue->sent_recent = TD_UNKNOWN;
}

void
td_sim_queues_init (TdSimulation *self)
{
  double sum = 0.0;

  self->queues = g_new0 (TdSimQueue, self->n_queues);
  self->n_pools = CLAMP (self->n_agents / 100, 1, (self->n_queues + TD_SIM_N_KINDS - 1) / TD_SIM_N_KINDS);

  for (guint i = 0; i < self->n_queues; i++)
    {
      init_queue (self, i);
      sum += self->queues[i].share;
    }
  for (guint i = 0; i < self->n_queues; i++)
    self->queues[i].share /= sum;
}

void
td_sim_queues_clear (TdSimulation *self)
{
  for (guint i = 0; i < self->n_queues; i++)
    {
      g_free (self->queues[i].id);
      g_free (self->queues[i].name);
      g_free (self->queues[i].area);
      g_free (self->queues[i].recent);
    }
  g_clear_pointer (&self->queues, g_free);
}

/* A queue of @kind for callers of @province, in the same pool of agents where
 * there are several; NONE where the centre has no such queue. */
guint
td_sim_queues_find (TdSimulation *self,
                    TdSimKind     kind,
                    guint         province)
{
  for (guint i = 0; i < self->n_queues; i++)
    {
      const TdSimQueue *queue = &self->queues[i];

      if (queue->kind == kind && province >= queue->first_province &&
          province < queue->first_province + queue->n_provinces)
        return i;
    }

  return TD_SIM_NONE;
}
