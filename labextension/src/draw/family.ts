import type { Arrow } from './row.js';

/** Arrows that cross the same lane closer than this many pixels would be a blot. */
const apart = 8;
/** Siblings closer than this many pixels stand on one line that branches. */
const trunk = 4;

/** Where an arrow stands, in pixels; one that is not to be drawn, nowhere. */
type Places = (number | undefined)[];

/**
 * Leaves out arrows that would blot others. Starts all stay. Other siblings, which
 * come from one lane to different ones, one closely after the other, stay or go
 * together. The Go side has done the same for a wide page (thin.go).
 */
export function thin(arrows: Arrow[], xs: Places, isStart: (arrow: Arrow) => boolean): Places {
  const kept: Places = xs.map(() => undefined);
  const latest = new Map<number, number>(); // of the arrows that cross a lane
  for (const family of families(arrows, xs, isStart)) {
    const ends = family.flatMap(i => [arrows[i]!.from, arrows[i]!.to]);
    const first = Math.min(...ends);
    const lanes = Array.from({ length: Math.max(...ends) - first + 1 }, (_, i) => first + i);
    const at = xs[family[0]!]!;
    if (!isStart(arrows[family[0]!]!) && lanes.some(lane => at - (latest.get(lane) ?? -Infinity) < apart)) {
      continue;
    }
    lanes.forEach(lane => latest.set(lane, xs[family.at(-1)!]!));
    family.forEach(i => (kept[i] = xs[i]));
  }
  return kept;
}

/** Families of siblings, from left to right, as indexes of arrows. A start stands alone. */
function families(arrows: Arrow[], xs: Places, isStart: (arrow: Arrow) => boolean): number[][] {
  const order = xs.flatMap((x, i) => (x === undefined ? [] : [i])).sort((i, j) => xs[i]! - xs[j]! || i - j);
  const all: number[][] = [];
  const growing = new Map<number, number[]>(); // the latest from each lane
  for (const i of order) {
    const { from, to } = arrows[i]!;
    if (isStart(arrows[i]!)) {
      all.push([i]);
      continue;
    }
    const family = growing.get(from);
    if (family && xs[i]! - xs[family.at(-1)!]! < apart && !family.some(j => arrows[j]!.to === to)) {
      family.push(i);
      continue;
    }
    const own = [i];
    all.push(own);
    growing.set(from, own);
  }
  return all;
}

/** Moves siblings that are closer than their heads are wide onto one line. */
export function branch(arrows: Arrow[], xs: Places): Places {
  const trunks = new Map<number, number[]>(); // from each lane
  return xs.map((x, i) => {
    if (x === undefined) {
      return undefined;
    }
    const { from } = arrows[i]!;
    const near = trunks.get(from)?.find(other => Math.abs(other - x) < trunk);
    if (near === undefined) {
      trunks.set(from, [...(trunks.get(from) ?? []), x]);
    }
    return near ?? x;
  });
}
