// SPDX-License-Identifier: Apache-2.0
/* A proxy that answers SYNs for the far end: the kernel's own, told by nft(8). */
#ifndef LAB_SYNPROXY_H
#define LAB_SYNPROXY_H

#include <stdbool.h>

/* For IPv4, in the namespace the lab is in. Ends the lab as not permitted where nft or the kernel has none. */
void synproxy_set(bool wanted);

#endif
