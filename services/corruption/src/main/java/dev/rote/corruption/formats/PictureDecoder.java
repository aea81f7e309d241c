package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes PNG and JPEG by Java's own codecs. Levels are those that the picture has, of 16-bit ones
 * the upper byte; transparency is left out. For one thread.
 */
final class PictureDecoder implements AutoCloseable {
  /** Most pixels of a picture that is decoded. */
  private static final long MOST_PIXELS = 1L << 26;

  /** Bytes of a picture that is not asked for its kind of pixels: they take these at most, each. */
  private static final long SMALL = 1 << 18;

  /** Four of 16 bits. */
  private static final int LARGEST_PIXEL = 8;

  /** Bytes of a pixel whose kind only the decoder finds out: four of 8 bits. */
  private static final int LARGE_PIXEL = 4;

  /** Bytes of a picture that a reader may hold when it has decoded it. */
  private static final long MOST_HELD = 1 << 20;

  private static final byte[] NONE = {};

  private final DecodingRoom room;
  private final HeldBytes in = new HeldBytes();
  private final ImageReader png = reader("png");
  private final ImageReader jpeg = reader("jpeg");

  PictureDecoder(DecodingRoom room) {
    this.room = room;
  }

  private static ImageReader reader(String format) {
    return ImageIO.getImageReadersByFormatName(format).next();
  }

  /**
   * A picture that was decoded before its turn.
   *
   * @param picture null: there was no room
   * @param bytes of room that it keeps until it is taken
   */
  record Ahead(@Nullable Picture picture, long bytes) {}

  /**
   * Decodes a picture when there is room.
   *
   * @param file that it is, or lies in
   * @param place what messages call it
   */
  Picture decode(byte[] bytes, NamedFile file, String place) {
    return read(
        bytes, file, place, (reader, needed) -> room.within(needed, () -> picture(reader.read(0))));
  }

  /** Decodes a picture if there is room now, which whoever takes it gives back. */
  Ahead decodeAhead(byte[] bytes, NamedFile file, String place) {
    return read(
        bytes,
        file,
        place,
        (reader, needed) -> {
          if (!room.takeAhead(needed)) {
            return new Ahead(null, 0);
          }
          Picture picture = null;
          try {
            picture = picture(reader.read(0));
            return new Ahead(picture, needed);
          } finally {
            if (picture == null) {
              room.giveBack(needed);
            }
          }
        });
  }

  private interface Reading<T> {
    /**
     * @param needed bytes that decoding takes
     */
    T by(ImageReader reader, long needed) throws IOException;
  }

  private <T> T read(byte[] bytes, NamedFile file, String place, Reading<T> reading) {
    boolean isPng = FirstBytes.isPng(bytes);
    if (!isPng && !FirstBytes.isJpeg(bytes)) {
      throw file.unfit(
          "has no PNG and no JPEG"
              + within(file, place)
              + ": it begins with "
              + FirstBytes.words(bytes),
          place,
          "PNG or JPEG",
          FirstBytes.words(bytes));
    }
    ImageReader reader = isPng ? png : jpeg;
    in.hold(bytes);
    /* A reader may hold a small picture until it has the next one. */
    boolean large = true;
    try {
      reader.setInput(in, true, true);
      long needed = checkedBytes(reader, file, place);
      large = needed > MOST_HELD;
      return reading.by(reader, needed);
    } catch (DatasetException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      /* Java's codecs throw many kinds of exceptions on damaged pictures. */
      throw file.damaged(
          "has a picture that cannot be decoded"
              + within(file, place)
              + " ("
              + FirstBytes.text(String.valueOf(e.getMessage()))
              + "): save it again as PNG or as JPEG in grey or RGB",
          place,
          "a whole picture",
          String.valueOf(e.getMessage()));
    } finally {
      if (large) {
        reader.setInput(null);
      }
      in.hold(NONE);
    }
  }

  /* Before anything of it is decoded: a file of some kilobytes may have the largest of pictures. */
  private long checkedBytes(ImageReader reader, NamedFile file, String place) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MOST_PIXELS) {
      throw tooLarge(
          reader, file, place, "one may have at most " + MOST_PIXELS, MOST_PIXELS, pixels);
    }
    long most = 2 * pixels * LARGEST_PIXEL;
    if (most <= Math.min(SMALL, room.mostBytes())) {
      return most;
    }
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    long bytes = 2 * pixels * (types.hasNext() ? bytesOfAPixel(types.next()) : LARGE_PIXEL);
    if (bytes > room.mostBytes()) {
      throw tooLarge(
          reader,
          file,
          place,
          "decoding it takes "
              + bytes
              + " bytes, and the memory of this service has room for "
              + room.mostBytes()
              + ": make it smaller, or give the service more memory (-Xmx)",
          room.mostBytes(),
          bytes);
    }
    return bytes;
  }

  /* As it is decoded, or as levels of a palette's colours, whichever is more: both are held. */
  private static int bytesOfAPixel(ImageTypeSpecifier type) {
    SampleModel model = type.getSampleModel();
    int decoded = model.getNumDataElements() * DataBuffer.getDataTypeSize(model.getDataType()) / 8;
    return Math.max(decoded, type.getColorModel() instanceof IndexColorModel ? 3 : 1);
  }

  private static DatasetException tooLarge(
      ImageReader reader, NamedFile file, String place, String bound, long most, long actual)
      throws IOException {
    return file.unfit(
        "has a picture of "
            + reader.getWidth(0)
            + " x "
            + reader.getHeight(0)
            + " pixels"
            + within(file, place)
            + ": "
            + bound,
        place,
        "at most " + most,
        "" + actual);
  }

  /** Where in a file a picture lies; nothing where it is the file. */
  private static String within(NamedFile file, String place) {
    return place.equals(file.name()) ? "" : " in " + place;
  }

  private static Picture picture(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return ofPalette(raster, palette, height, width);
    }
    int channels = bands <= 2 ? 1 : 3;
    int shift = Math.max(0, image.getColorModel().getComponentSize(0) - 8);
    int scale = image.getColorModel().getComponentSize(0) < 8 ? scale(image) : 1;
    byte[] levels = new byte[channels * height * width];
    if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && raster.getDataBuffer() instanceof DataBufferByte bytes
        && scale == 1) {
      new Interleaved(
              bytes.getData(),
              bytes.getOffset(),
              model.getScanlineStride(),
              model.getPixelStride(),
              model.getBandOffsets())
          .apart(height, width, channels, levels);
      return new Picture(channels, height, width, levels);
    }
    int[] row = new int[width];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        raster.getSamples(0, y, width, 1, c, row);
        int at = (c * height + y) * width;
        for (int x = 0; x < width; x++) {
          levels[at + x] = (byte) ((row[x] >> shift) * scale);
        }
      }
    }
    return new Picture(channels, height, width, levels);
  }

  private static int scale(BufferedImage image) {
    return 0xFF / ((1 << image.getColorModel().getComponentSize(0)) - 1);
  }

  private static Picture ofPalette(Raster raster, IndexColorModel palette, int height, int width) {
    byte[] levels = new byte[3 * height * width];
    int pixels = height * width;
    boolean grey = true;
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        int colour = palette.getRGB(row[x]);
        int at = y * width + x;
        levels[at] = (byte) (colour >> 16);
        levels[at + pixels] = (byte) (colour >> 8);
        levels[at + 2 * pixels] = (byte) colour;
        grey &= levels[at] == levels[at + pixels] && levels[at] == levels[at + 2 * pixels];
      }
    }
    Picture colour = new Picture(3, height, width, levels);
    return grey ? colour.grey() : colour;
  }

  @Override
  public void close() {
    png.dispose();
    jpeg.dispose();
  }
}
