package dev.rote.recipes.augmentation;

/** One change of a picture. Instances keep room to work in: not for several threads at once. */
interface PictureChange {

  /**
   * Changes a picture in place.
   *
   * @param pictures one after the other
   * @param at where the picture begins
   * @param major first counter of the visit: the epoch, or the step
   * @param item second counter of the visit: the example, or its place in the batch
   */
  void apply(float[] pictures, int at, long major, long item);
}
