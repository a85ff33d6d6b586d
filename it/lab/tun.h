// SPDX-License-Identifier: Apache-2.0
/* The one network device of each end. */
#ifndef LAB_TUN_H
#define LAB_TUN_H

#include "ends.h"

/* Makes the device in the namespace the lab is in, up and with its addresses. */
int tun_open(enum end end, int mtu);

#endif
