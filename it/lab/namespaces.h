// SPDX-License-Identifier: Apache-2.0
/* Network namespaces of the lab's own, so that it changes nothing on the machine. */
#ifndef LAB_NAMESPACES_H
#define LAB_NAMESPACES_H

/* The lab moves into a fresh network namespace; returns a descriptor of it. */
int namespace_enter_new(void);

/* 0, or -1 and errno: for a child, which reports in its own way. */
int namespace_join(int descriptor);

#endif
