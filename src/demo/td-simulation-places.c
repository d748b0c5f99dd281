/* td-simulation-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-places.h"

const TdSimProvince td_sim_provinces[TD_SIM_N_PROVINCES] = {
  { "Tây Ninh", 41, { "TP Tây Ninh", "Trảng Bàng", "Hòa Thành", "Gò Dầu", "Bến Cầu", "Dương Minh Châu", "Châu Thành", "Tân Châu", "Tân Biên" } },
  { "Bình Dương", 95, { "Thủ Dầu Một", "Dĩ An", "Thuận An", "Bến Cát", "Tân Uyên", "Bàu Bàng", "Dầu Tiếng" } },
  { "Bình Phước", 36, { "Đồng Xoài", "Phước Long", "Bình Long", "Chơn Thành", "Bù Đăng", "Lộc Ninh" } },
  { "Đồng Nai", 92, { "Biên Hòa", "Long Khánh", "Long Thành", "Nhơn Trạch", "Trảng Bom", "Định Quán", "Xuân Lộc" } },
  { "Bà Rịa – Vũng Tàu", 38, { "TP Vũng Tàu", "TP Bà Rịa", "Phú Mỹ", "Châu Đức", "Long Điền", "Xuyên Mộc" } },
  { "Lâm Đồng", 42, { "Đà Lạt", "Bảo Lộc", "Đức Trọng", "Di Linh", "Lâm Hà", "Đơn Dương" } },
  { "Ninh Thuận", 19, { "Phan Rang – Tháp Chàm", "Ninh Hải", "Ninh Phước", "Ninh Sơn", "Thuận Bắc" } },
  { "Bình Thuận", 40, { "Phan Thiết", "La Gi", "Bắc Bình", "Hàm Thuận Nam", "Tuy Phong", "Đức Linh" } },
  { "Long An", 60, { "Tân An", "Bến Lức", "Đức Hòa", "Cần Giuộc", "Cần Đước", "Kiến Tường", "Thủ Thừa" } },
  { "Tiền Giang", 57, { "Mỹ Tho", "Gò Công", "Cai Lậy", "Cái Bè", "Chợ Gạo", "Tân Phước" } },
  { "Bến Tre", 43, { "TP Bến Tre", "Ba Tri", "Bình Đại", "Mỏ Cày Nam", "Giồng Trôm", "Châu Thành" } },
  { "Trà Vinh", 30, { "TP Trà Vinh", "Duyên Hải", "Càng Long", "Tiểu Cần", "Trà Cú" } },
  { "Vĩnh Long", 32, { "TP Vĩnh Long", "Bình Minh", "Long Hồ", "Tam Bình", "Vũng Liêm" } },
  { "Đồng Tháp", 49, { "Cao Lãnh", "Sa Đéc", "Hồng Ngự", "Tháp Mười", "Lấp Vò", "Lai Vung" } },
  { "An Giang", 60, { "Long Xuyên", "Châu Đốc", "Tân Châu", "Chợ Mới", "Tịnh Biên", "Thoại Sơn" } },
  { "Kiên Giang", 52, { "Rạch Giá", "Hà Tiên", "Phú Quốc", "Giồng Riềng", "Hòn Đất", "An Biên" } },
  { "Cần Thơ", 42, { "Ninh Kiều", "Bình Thủy", "Cái Răng", "Ô Môn", "Thốt Nốt", "Phong Điền" } },
  { "Hậu Giang", 22, { "Vị Thanh", "Ngã Bảy", "Long Mỹ", "Châu Thành A", "Phụng Hiệp" } },
  { "Sóc Trăng", 36, { "TP Sóc Trăng", "Vĩnh Châu", "Ngã Năm", "Kế Sách", "Mỹ Xuyên" } },
  { "Bạc Liêu", 25, { "TP Bạc Liêu", "Giá Rai", "Hòa Bình", "Hồng Dân", "Phước Long" } },
  { "Cà Mau", 33, { "TP Cà Mau", "Năm Căn", "Đầm Dơi", "Cái Nước", "Trần Văn Thời", "U Minh" } },
};
