// SPDX-License-Identifier: Apache-2.0
/* The settings of the network namespace the lab is in. */
#ifndef LAB_SYSCTLS_H
#define LAB_SYSCTLS_H

/* Before any device is made: devices take the IPv6 defaults over when they appear. */
void sysctls_apply(unsigned tcp_fastopen);

/* An ACK without a connection begins none. */
void sysctls_track_strictly(void);

#endif
