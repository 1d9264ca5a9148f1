#ifndef SCALEUP_STANDARDSTREAMS_H
#define SCALEUP_STANDARDSTREAMS_H

// Moves a new descriptor to another number if it has one of a standard stream, which was closed. Returns it, or -1 with errno.
int scaleup_above_standard_streams(int descriptor);

#endif
