// SPDX-License-Identifier: Apache-2.0
#ifndef LAB_TXQUEUE_H
#define LAB_TXQUEUE_H

/* Sets the length of the device's transmit queue, in packets. */
void txqueue_set(const char *device, unsigned packets);

#endif
