package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/**
 * What a script names in {@code //DEPS} for JBang, its module's pom declares for Maven, in the same
 * version.
 */
final class ScriptDependencies {
  private static final Pattern DEPS =
      Pattern.compile("^//DEPS (\\S+):(\\S+):(\\S+)$", Pattern.MULTILINE);

  private final Repo repo;
  private final List<String> breaks;

  ScriptDependencies(Repo repo, List<String> breaks) {
    this.repo = repo;
    this.breaks = breaks;
  }

  void check() throws IOException {
    var root = pom(repo.root());
    var versions = versions(root);
    for (var script : new TreeSet<>(Catalog.aliases(repo).values())) {
      var file = repo.root().resolve(script);
      if (!Files.exists(file)) continue; // Parity says so
      var declared = pom(module(file)).select("project > dependencies > dependency");
      for (var dependency : DEPS.matcher(Files.readString(file)).results().toList()) {
        var group = dependency.group(1);
        var artifact = dependency.group(2);
        var version = versions.getOrDefault(group + ":" + artifact, versions.get(group));
        if (!dependency.group(3).equals(version)) {
          breaks.add(
              "%s: %s:%s is %s in pom.xml"
                  .formatted(script, artifact, dependency.group(3), version));
        }
        if (declared.stream().noneMatch(d -> d.select("artifactId").text().equals(artifact))) {
          breaks.add("%s: %s is not declared in its module's pom.xml".formatted(script, artifact));
        }
      }
    }
  }

  /**
   * By {@code group:artifact}; the artifacts of JUnit, which come from its list of versions, by
   * their group.
   */
  private static Map<String, String> versions(Document root) {
    var versions = new HashMap<String, String>();
    for (var dependency : root.select("dependencyManagement dependency")) {
      var group = dependency.select("groupId").text();
      var artifact = dependency.select("artifactId").text();
      var property = dependency.select("version").text().replaceAll("^\\$\\{|}$", "");
      var version = root.select("project > properties > " + property.replace(".", "\\.")).text();
      versions.put(group + ":" + artifact, version);
      if (!artifact.equals("junit-bom")) continue;
      for (var part : List.of("jupiter", "platform")) versions.put(group + "." + part, version);
    }
    return versions;
  }

  private static Path module(Path file) {
    var folder = file.getParent();
    while (!Files.exists(folder.resolve("pom.xml"))) folder = folder.getParent();
    return folder;
  }

  private static Document pom(Path folder) throws IOException {
    return Jsoup.parse(Files.readString(folder.resolve("pom.xml")), "", Parser.xmlParser());
  }
}
