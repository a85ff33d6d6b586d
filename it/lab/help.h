// SPDX-License-Identifier: Apache-2.0
#ifndef LAB_HELP_H
#define LAB_HELP_H

extern const char HELP[];

#endif
