#ifndef SCALEUP_CPLATFORM_H
#define SCALEUP_CPLATFORM_H

// Wrappers of what Swift cannot import: macros, variadic functions, GNU extensions, and `fork` on Darwin.

#include "Clocks.h"
#include "Descriptors.h"
#include "Events.h"
#include "Machine.h"
#include "Processes.h"
#include "Resources.h"
#include "Signals.h"
#include "Sockets.h"
#include "SystemHeaders.h"
#include "Threading.h"

int scaleup_errno(void);

#endif
