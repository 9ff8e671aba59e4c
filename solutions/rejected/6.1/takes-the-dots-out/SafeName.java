// Believes: without its ../ a name is harmless.
// Rejected by: SafeNameTest "refuses what leads up and out"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class SafeName {
  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var clean = decode(name).replace("../", "").replace("..\\", "");
    while (clean.startsWith("/")) clean = clean.substring(1);
    if (clean.isEmpty() || clean.equals("..") || clean.equals(".")) throw new Refused("no name");
    return root.resolve(clean).normalize();
  }

  private static String decode(String name) throws Refused {
    try {
      var decoded = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (decoded.indexOf('\uFFFD') >= 0) throw new Refused("not UTF-8");
      return decoded;
    } catch (IllegalArgumentException e) {
      throw new Refused("bad escape");
    }
  }

  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }
}
