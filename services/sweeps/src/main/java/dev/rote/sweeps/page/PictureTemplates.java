package dev.rote.sweeps.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Templates of what several pages show: choices, pictures and the numbers behind them. */
@CheckedTemplate(basePath = "page")
final class PictureTemplates {
  private PictureTemplates() {}

  static native TemplateInstance chosen(ChosenPicture form);

  static native TemplateInstance picture(ChosenPicture.Shown picture);

  static native TemplateInstance numbers(NumbersView numbers);

  static native TemplateInstance gallery(GalleryView gallery);
}
