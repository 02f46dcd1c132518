/** Vectors by the number of their document. */
export interface VectorIndex {
  /** Remembers a vector. Numbers only grow; each is added once. */
  add(slot: number, vector: Float32Array): void;
  /** How alike a vector and each remembered one are: −1 to 1, by number; 0 for what was never added. */
  likenessTo(vector: Float32Array): Float32Array;
}

/** Some hundred vectors, stored by dimension: a query with few numbers in it reads only its own dimensions. */
interface Block {
  readonly values: Int8Array;
  /** What the largest number of each vector stands for. */
  readonly scales: Float32Array;
}

const blockSize = 256;
const mostStored = 127;

/** Keeps each number in a byte, in proportion to the largest of its vector: a kilobyte for 1,024 dimensions. */
export function createVectorIndex(dimensions: number): VectorIndex {
  const blocks: Block[] = [];
  let slotCount = 0;

  const blockOf = (slot: number): Block => {
    const number = Math.floor(slot / blockSize);
    while (blocks.length <= number) {
      blocks.push({
        values: new Int8Array(dimensions * blockSize),
        scales: new Float32Array(blockSize),
      });
    }
    return blocks[number] as Block; // as: made above
  };
  return {
    add(slot, vector) {
      slotCount = Math.max(slotCount, slot + 1);
      const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (largest === 0) return;
      const { values, scales } = blockOf(slot);
      const place = slot % blockSize;
      scales[place] = largest / mostStored;
      for (let dimension = 0; dimension < dimensions; dimension++)
        values[dimension * blockSize + place] = Math.round(((vector[dimension] ?? 0) / largest) * mostStored);
    },
    likenessTo(vector) {
      const likeness = new Float32Array(slotCount);
      for (const [number, { values, scales }] of blocks.entries()) {
        const start = number * blockSize;
        const size = Math.min(blockSize, slotCount - start);
        for (let dimension = 0; dimension < dimensions; dimension++) {
          const weight = vector[dimension] ?? 0;
          if (weight === 0) continue;
          const column = dimension * blockSize;
          for (let place = 0; place < size; place++)
            likeness[start + place] = (likeness[start + place] ?? 0) + weight * (values[column + place] ?? 0);
        }
        for (let place = 0; place < size; place++)
          likeness[start + place] = (likeness[start + place] ?? 0) * (scales[place] ?? 0);
      }
      return likeness;
    },
  };
}
