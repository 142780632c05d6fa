#include "textflag.h"

// func getg() unsafe.Pointer
TEXT ·getg(SB), NOSPLIT, $0-8
	MOVQ (TLS), AX
	MOVQ AX, ret+0(FP)
	RET

// func swap(at *uint32, value uint32) uint32
TEXT ·swap(SB), NOSPLIT, $0-20
	MOVQ at+0(FP), BX
	MOVL value+8(FP), AX
	XCHGL AX, 0(BX)
	MOVL AX, ret+16(FP)
	RET
