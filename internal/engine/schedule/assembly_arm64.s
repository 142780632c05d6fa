#include "textflag.h"

// func getg() unsafe.Pointer
TEXT ·getg(SB), NOSPLIT, $0-8
	MOVD g, ret+0(FP)
	RET

// func swap(at *uint32, value uint32) uint32
TEXT ·swap(SB), NOSPLIT, $0-20
	MOVD at+0(FP), R0
	MOVW value+8(FP), R1
again:
	LDAXRW (R0), R2
	STLXRW R1, (R0), R3
	CBNZ R3, again
	MOVW R2, ret+16(FP)
	RET
