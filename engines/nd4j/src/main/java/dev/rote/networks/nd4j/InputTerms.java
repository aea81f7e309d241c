package dev.rote.networks.nd4j;

/**
 * What the inputs of one batch do to their influences: of the first layer, {@code T = δ̇ Wᵀ + δ
 * Vᵀ}, for the examples alone that have a slot.
 */
final class InputTerms {
  private final BatchGradients batch;
  private final HostMatrix terms;
  private final HostMatrix deltas;
  private final HostMatrix adjoints;
  private final int[] examples;
  private final int[] slots;
  private int kept;

  /**
   * @param largest most directions of a block
   */
  InputTerms(BatchGradients batch, int largest, HostArena arena) {
    int n = batch.n();
    int width = batch.inputs(0).columns();
    int units = batch.deltas(0).columns();
    this.batch = batch;
    this.terms = arena.zeros(n * largest, width);
    this.deltas = arena.zeros(n, units);
    this.adjoints = arena.zeros(n * largest, units);
    this.examples = new int[n];
    this.slots = new int[n];
  }

  /**
   * Takes the batch just looked at.
   *
   * @param slotOf int32[n], of each example; negative for those left out
   */
  void take(int[] slotOf) {
    kept = 0;
    for (int i = 0; i < batch.n(); i++) {
      if (slotOf[i] >= 0) {
        examples[kept] = i;
        slots[kept] = slotOf[i];
        kept++;
      }
    }
    int units = deltas.columns();
    float[] all = new float[batch.n() * units];
    batch.deltas(0).get(all);
    for (int row = 0; row < kept; row++) {
      System.arraycopy(all, examples[row] * units, all, row * units, units);
    }
    deltas.put(all);
  }

  /**
   * Adds {@code gain T} to the influences, example by example.
   *
   * @param firstAdjoints δ̇ of the first layer, float32[units, B, n]
   */
  void add(DirectionBlock block, float[] firstAdjoints, double gain, Influences influences) {
    if (kept == 0) {
      return;
    }
    int count = block.count();
    HostMatrix rows = terms.firstRows(kept * count);
    HostMatrix examplesRows = rows.reshape(kept, count * rows.columns());
    /* BLAS fills with zeros more slowly than it adds to them. */
    HostArena.clear(rows.first(), (long) rows.rows() * rows.columns());
    examplesRows.product(gain, deltas.firstRows(kept), block.layers().get(0).byOutput(), 1);
    rows.columns(0, rows.columns() - 1)
        .product(gain, adjointsOf(firstAdjoints, count), batch.weights(0).transpose(), 1);
    for (int row = 0; row < kept; row++) {
      HostMatrix example = examplesRows.everyRow(row, 1);
      influences.add(slots[row], block.first(), count, example.first());
    }
  }

  /** Of the examples kept: float32[kept B, units]. */
  private HostMatrix adjointsOf(float[] firstAdjoints, int count) {
    int n = batch.n();
    int units = adjoints.columns();
    float[] turned = new float[kept * count * units];
    for (int row = 0; row < kept; row++) {
      for (int k = 0; k < count; k++) {
        int to = (row * count + k) * units;
        int from = k * n + examples[row];
        for (int unit = 0; unit < units; unit++) {
          turned[to + unit] = firstAdjoints[from + unit * count * n];
        }
      }
    }
    HostMatrix rows = adjoints.firstRows(kept * count);
    rows.put(turned);
    return rows;
  }
}
