/** Vectors by the number of their document. */
export interface VectorIndex {
  /** Remembers a vector. Numbers only grow; each is added once. */
  add(slot: number, vector: Float32Array): void;
  /** How alike a vector and each remembered one are: −1 to 1, by number; 0 for what was never added. */
  likenessTo(vector: Float32Array): Float32Array;
}

/** One dimension: the documents that have something there. */
interface Column {
  slots: Int32Array;
  values: Float32Array;
  size: number;
}

const firstCapacity = 4;

/**
 * Stored by dimension: a vector with few numbers in it (a short query, hashed) reads only its own dimensions, and short
 * documents take little room.
 */
export function createVectorIndex(dimensions: number): VectorIndex {
  const columns = Array.from(
    { length: dimensions },
    (): Column => ({ slots: new Int32Array(0), values: new Float32Array(0), size: 0 }),
  );
  let slotCount = 0;
  return {
    add(slot, vector) {
      slotCount = Math.max(slotCount, slot + 1);
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const value = vector[dimension] ?? 0;
        const column = columns[dimension];
        if (value !== 0 && column !== undefined) append(column, slot, value);
      }
    },
    likenessTo(vector) {
      const likeness = new Float32Array(slotCount);
      for (const [dimension, { slots, values, size }] of columns.entries()) {
        const weight = vector[dimension] ?? 0;
        if (weight === 0) continue;
        for (let at = 0; at < size; at++) {
          const slot = slots[at] ?? 0;
          likeness[slot] = (likeness[slot] ?? 0) + weight * (values[at] ?? 0);
        }
      }
      return likeness;
    },
  };
}

function append(column: Column, slot: number, value: number): void {
  if (column.size === column.slots.length) {
    const capacity = Math.max(firstCapacity, column.size * 2);
    const [slots, values] = [new Int32Array(capacity), new Float32Array(capacity)];
    slots.set(column.slots);
    values.set(column.values);
    column.slots = slots;
    column.values = values;
  }
  column.slots[column.size] = slot;
  column.values[column.size] = value;
  column.size++;
}
