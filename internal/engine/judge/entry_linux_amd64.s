//go:build race

#include "textflag.h"

#define SYS_madvise 28
#define MADV_HUGEPAGE 14
#define HUGE 0x1fffff // 2 MiB, less one

// Where a judged program begins, which its linker is told. At its start the race
// detector writes zeros over some 11 MB of tables that are zero: with huge pages that
// is five faults and not 2,700, half of what a start takes. A system without any
// says no, and that is all.
TEXT judge_entry(SB), NOSPLIT|NOFRAME, $0
	LEAQ runtime·noptrbss(SB), DI
	ADDQ $HUGE, DI
	ANDQ $~HUGE, DI
	LEAQ runtime·enoptrbss(SB), SI
	ANDQ $~HUGE, SI
	SUBQ DI, SI
	JLE  begin
	MOVQ $MADV_HUGEPAGE, DX
	MOVQ $SYS_madvise, AX
	SYSCALL

begin:
	JMP _rt0_amd64_linux(SB)
