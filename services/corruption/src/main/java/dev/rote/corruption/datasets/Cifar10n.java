package dev.rote.corruption.datasets;

import java.util.List;

/**
 * Human labels of CIFAR-10's training images (Wei et al., "Learning with Noisy Labels Revisited: A
 * Study Using Real-World Human Annotations", ICLR 2022): files of 50,000 bytes, one label each, in
 * the order of the binary version.
 */
public enum Cifar10n {
  AGGREGATE("aggre_label.u8", "2bd5e02e39c9c79772cf4c794f7b74630ac1aaeeac4b807a63c11e9a375f8404"),
  RANDOM1("random_label1.u8", "8d01b5a5af048e84bf6e964c86e1133e95d5b22c07763e23705b714ad0f32d8b"),
  RANDOM2("random_label2.u8", "7ea04c887750912f49669282a75e78df380077766b361fb6cb5200999ad6dcda"),
  RANDOM3("random_label3.u8", "cdbfad7e15bfc8fc83bc7c6e30b692e2aa1186660d82738b7543a6012d6ca46f"),
  WORSE("worse_label.u8", "11a306ed336e3bc81aaac36322ddf12de379d0df1883aa43e10ba562a98f6b2a");

  /** Training images of CIFAR-10. */
  static final int LABELS = 50_000;

  /* An immutable record. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final DataFile file;

  Cifar10n(String name, String sha256) {
    this.file = new DataFile("cifar-10n", name, LABELS, sha256, null, null);
  }

  DataFile file() {
    return file;
  }

  /**
   * The labels, uint8[50000], by index in CIFAR-10's training files.
   *
   * @throws DatasetException when the file is missing or damaged
   */
  public byte[] read(DatasetFiles files) {
    byte[] labels = new byte[LABELS];
    try (ByteFile open = ByteFile.open(files.published().locate(List.of(file)).get(0))) {
      open.read(0, labels, 0, LABELS);
    }
    return labels;
  }
}
