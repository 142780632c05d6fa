//go:build race

#include "textflag.h"

// int __popcountdi2(long), as C calls it: DI holds the argument, AX the answer.
TEXT __popcountdi2(SB), NOSPLIT|NOFRAME, $0
	MOVQ DI, AX
	SHRQ $1, AX
	MOVQ $0x5555555555555555, CX
	ANDQ CX, AX
	SUBQ AX, DI // of each two bits, how many are set
	MOVQ $0x3333333333333333, CX
	MOVQ DI, AX
	ANDQ CX, AX
	SHRQ $2, DI
	ANDQ CX, DI
	ADDQ DI, AX // of each four
	MOVQ AX, CX
	SHRQ $4, CX
	ADDQ CX, AX
	MOVQ $0x0f0f0f0f0f0f0f0f, CX
	ANDQ CX, AX // of each eight
	MOVQ $0x0101010101010101, CX
	IMULQ CX, AX
	SHRQ $56, AX // their sum
	RET

// func popcount(x uint64) int64
TEXT ·popcount(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), DI
	CALL __popcountdi2(SB)
	MOVQ AX, ret+8(FP)
	RET
