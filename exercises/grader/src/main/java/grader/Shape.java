package grader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What other classes can see of compiled ones: all that is declared and not private, without the
 * code. Checks need not be compiled again for an answer of the same shape.
 */
final class Shape {
  private static final ClassFile FORMAT =
      ClassFile.of(
          ClassFile.ConstantPoolSharingOption.NEW_POOL, ClassFile.DebugElementsOption.DROP_DEBUG);

  private Shape() {}

  /** Equal bytes for equal shapes. */
  static byte[] of(List<Path> classFiles) throws IOException {
    var shape = new ByteArrayOutputStream();
    for (var file : classFiles.stream().sorted().toList()) {
      var model = FORMAT.parse(Files.readAllBytes(file));
      if (isVisible(model)) shape.write(FORMAT.transformClass(model, Shape::declare));
    }
    return shape.toByteArray();
  }

  /** Neither local nor private. */
  private static boolean isVisible(ClassModel model) {
    if (model.findAttribute(Attributes.enclosingMethod()).isPresent()) return false;
    return nested(model)
        .filter(each -> each.innerClass().equals(model.thisClass()))
        .noneMatch(each -> each.has(AccessFlag.PRIVATE));
  }

  private static Stream<InnerClassInfo> nested(ClassModel model) {
    return model.findAttribute(Attributes.innerClasses()).stream()
        .flatMap(nested -> nested.classes().stream());
  }

  /** Only those of the answer: a lambda brings one of the JDK's along. */
  private static List<InnerClassInfo> visible(InnerClassesAttribute nested) {
    return nested.classes().stream()
        .filter(each -> each.innerName().isPresent() && each.outerClass().isPresent())
        .filter(each -> !each.has(AccessFlag.PRIVATE))
        .filter(each -> !each.outerClass().get().asInternalName().startsWith("java/"))
        .toList();
  }

  private static void declare(ClassBuilder shape, ClassElement element) {
    switch (element) {
      case NestMembersAttribute _ -> {} // the private and the local ones too
      case InnerClassesAttribute nested -> shape.with(InnerClassesAttribute.of(visible(nested)));
      case MethodModel method when method.flags().has(AccessFlag.PRIVATE) -> {}
      case MethodModel method ->
          shape.transformMethod(method, MethodTransform.dropping(CodeModel.class::isInstance));
      case FieldModel field when field.flags().has(AccessFlag.PRIVATE) -> {}
      default -> shape.with(element);
    }
  }
}
