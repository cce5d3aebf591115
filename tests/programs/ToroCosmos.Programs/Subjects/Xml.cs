using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using System.Xml.XPath;

namespace ToroCosmos.Programs.Subjects;

internal static class Xml
{
    private const string Library = """
        <library xmlns:x="urn:x"><!-- two --><book id="1" x:kind="novel"><title>Emma</title></book><book id="2"><title>A &amp; B</title></book><![CDATA[<raw>]]></library>
        """;

    public static ProgramGroup All { get; } = new(nameof(Xml))
    {
        ParseAndQuery, Build, Namespaces, Modify, Readers, Writers, Documents, XPaths, BadXml, EntitiesAndCData, WhitespaceKept, SubtreeReaders,
        Encodings, SchemaValidation, Annotations,
    };

    private static string ParseAndQuery()
    {
        var document = XDocument.Parse(Library);
        return Answer.Of(document.Root!.Elements("book").Select(book => $"{(int)book.Attribute("id")!}:{(string)book.Element("title")!}"), document.Descendants().Count(), document.Root.Nodes().Select(node => node.NodeType));
    }

    private static string Build() => new XDocument(
        new XDeclaration("1.0", "utf-8", null),
        new XElement("root", new XAttribute("a", 1.5), Enumerable.Range(1, 2).Select(n => new XElement("n", n)), new XComment("c"), "text <")).ToString(SaveOptions.DisableFormatting);

    private static string Namespaces()
    {
        XNamespace x = "urn:x";
        XElement root = XElement.Parse(Library);
        return Answer.Of((string?)root.Element("book")!.Attribute(x + "kind"), new XElement(x + "e", new XAttribute(XNamespace.Xmlns + "p", x), new XElement(x + "f")), root.GetPrefixOfNamespace(x));
    }

    private static string Modify()
    {
        XElement root = XElement.Parse(Library);
        root.Elements("book").First().Remove();
        root.Element("book")!.SetAttributeValue("id", 9);
        root.Element("book")!.AddAfterSelf(new XElement("end"));
        root.Add(new XProcessingInstruction("go", "now"));
        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static string Readers()
    {
        List<string> events = [];
        using var reader = XmlReader.Create(new StringReader(Library));
        while (reader.Read())
        {
            events.Add($"{reader.NodeType} {reader.Name}{reader.Value}{(reader.MoveToAttribute("id") ? "#" + reader.Value : "")}");
        }

        return Answer.Of(events);
    }

    private static string Writers()
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "|" }))
        {
            writer.WriteStartElement("p", "root", "urn:p");
            writer.WriteAttributeString("q", "a\"<b");
            writer.WriteElementString("child", "1 < 2 & 3");
            writer.WriteStartElement("empty");
            writer.WriteEndElement();
            writer.WriteCData("]]");
            writer.WriteEndElement();
        }

        return text.ToString();
    }

    private static string Documents()
    {
        var document = new XmlDocument();
        document.LoadXml(Library);
        XmlElement added = document.CreateElement("added");
        added.InnerText = "<x>";
        document.DocumentElement!.AppendChild(added);
        return Answer.Of(document.SelectSingleNode("//book[@id='2']/title")!.InnerText, document.GetElementsByTagName("book").Count, added.OuterXml, document.DocumentElement.ChildNodes.Count);
    }

    private static string XPaths()
    {
        var document = XDocument.Parse(Library);
        return Answer.Of(document.XPathSelectElements("//book[title='Emma']").Count(), document.XPathEvaluate("sum(//@id)"), document.XPathEvaluate("string(//book[last()])"), document.CreateNavigator().Evaluate("count(//*) > 3"));
    }

    private static string BadXml()
    {
        List<string> messages = [];
        foreach (string text in new[] { "<a><b></a>", "<a", "", "<a x='1' x='2'/>", "<a>&none;</a>" })
        {
            try
            {
                messages.Add(XElement.Parse(text).ToString());
            }
            catch (XmlException exception)
            {
                messages.Add(exception.Message);
            }
        }

        return Answer.Of(messages);
    }

    private static string EntitiesAndCData()
    {
        XElement root = XElement.Parse("<a b='&#x41;&quot;'>&lt;&#228;<![CDATA[&amp;]]></a>");
        return Answer.Of(root.Attribute("b")!.Value, root.Value, root.ToString(), root.FirstNode!.NextNode is XCData);
    }

    private static string WhitespaceKept() => Answer.Of(
        XElement.Parse("<a>\n <b/>\n</a>").Nodes().Count(), XElement.Parse("<a>\n <b/>\n</a>", LoadOptions.PreserveWhitespace).Nodes().Count(), XElement.Parse("<a>\n<b/></a>", LoadOptions.SetLineInfo).Elements().Cast<IXmlLineInfo>().Single().LineNumber);

    private static string SubtreeReaders()
    {
        using var reader = XmlReader.Create(new StringReader(Library), new XmlReaderSettings { IgnoreComments = true });
        reader.ReadToDescendant("book");
        var first = (XElement)XNode.ReadFrom(reader);
        string second = reader.ReadOuterXml();
        return Answer.Of(first.Value, second, reader.NodeType);
    }

    private static string Encodings()
    {
        using var stream = new MemoryStream();
        new XDocument(new XDeclaration("1.0", "utf-16", null), new XElement("ä")).Save(stream);
        stream.Position = 0;
        return Answer.Of(stream.Length > 0, stream.ReadByte(), XDocument.Load(new MemoryStream(stream.ToArray())).Root!.Name.LocalName);
    }

    private static string SchemaValidation()
    {
        const string schema = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="n" type="xs:int"/></xs:schema>
            """;
        var schemas = new XmlSchemaSet();
        schemas.Add("", XmlReader.Create(new StringReader(schema)));
        List<string> errors = [];
        new XDocument(new XElement("n", "5")).Validate(schemas, (_, error) => errors.Add(error.Message));
        new XDocument(new XElement("n", "five")).Validate(schemas, (_, error) => errors.Add(error.Message));
        return Answer.Of(errors);
    }

    private static string Annotations()
    {
        var element = new XElement("a");
        int changes = 0;
        element.Changed += (_, change) => changes += (int)change.ObjectChange + 1;
        element.AddAnnotation(new Version(1, 2));
        element.Add(new XElement("b"));
        element.SetElementValue("b", 5);
        return Answer.Of(element.Annotation<Version>(), changes, XNode.DeepEquals(element, XElement.Parse("<a><b>5</b></a>")));
    }
}
