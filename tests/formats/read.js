// read: reads what a format has printed as whoever it is for would, and says on standard output
// what is wrong with it.
//
//     node read.js json|sarif|gitlab|github|html FILE
//     node read.js same FILE EDITED     equal fingerprints
'use strict';
const fs = require('fs');
const path = require('path');

const complain = (text) => process.stdout.write(text + '\n');
const expect = (holds, text) => holds || complain(text);
const read = (file) => fs.readFileSync(file, 'utf8');
const modules = path.join(__dirname, '../../build/npm/sarif/node_modules');

function json(text) {
    const document = JSON.parse(text);
    let findings = 0;
    for (const file of document.files) {
        expect(typeof file.path === 'string' && file.state, 'a file without path or state');
        for (const { range, code, severity, message } of file.findings) {
            findings++;
            expect(code && severity && message, `${file.path}: a finding without words`);
            expect(range.start.line >= 1 && range.start.column >= 1, `${code}: where it starts`);
            expect(range.end.offset > range.start.offset, `${code}: where it ends`);
        }
    }
    const { totals, codes, verdict } = document;
    const counted = totals.error + totals.warning + totals.information + totals.hint;
    expect(findings === counted, `${findings} findings, ${counted} counted by severity`);
    const coded = Object.values(codes).reduce((a, b) => a + b, 0);
    expect(findings === coded, `${findings} findings, ${coded} counted by code`);
    expect(totals.unreadable === document.files.filter((file) => file.error).length, 'unreadable');
    expect(verdict.startsWith('not ready: '), verdict);
}

function sarif(text) {
    const Ajv = require(path.join(modules, 'ajv'));
    const validator = new Ajv({ schemaId: 'id', meta: false, logger: false, allErrors: true });
    validator.addMetaSchema(require(path.join(modules, 'ajv/lib/refs/json-schema-draft-04.json')));
    const schema = path.join(modules, '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    const document = JSON.parse(text);
    if (!validator.validate(JSON.parse(read(schema)), document)) {
        validator.errors.forEach((error) => complain(`${error.dataPath} ${error.message}`));
    }
    const run = document.runs[0];
    run.tool.driver.rules.forEach(({ id, help }) => expect(help.text, `no help on ${id}`));
    run.results.forEach((result) => {
        const rule = run.tool.driver.rules[result.ruleIndex];
        expect(rule && rule.id === result.ruleId, `${result.ruleId} is not its rule`);
        const { artifactLocation } = result.locations[0].physicalLocation;
        const artifact = run.artifacts[artifactLocation.index].location;
        expect(artifact.uri === artifactLocation.uri, `${artifactLocation.uri} is not its artifact`);
    });
    const prints = run.results.map((result) =>
        result.locations[0].physicalLocation.artifactLocation.uri +
        result.partialFingerprints['galleyLine/v1']);
    expect(new Set(prints).size === prints.length, 'two results have one fingerprint');
    expect(run.results.some((result) => result.relatedLocations), 'nothing is related');
}

function gitlab(text) {
    const issues = JSON.parse(text);
    expect(new Set(issues.map((issue) => issue.fingerprint)).size === issues.length,
        'two issues have one fingerprint');
    for (const { check_name, description, severity, location } of issues) {
        expect(check_name && description && location.path, 'an issue without words');
        expect(['info', 'minor', 'major', 'critical', 'blocker'].includes(severity), severity);
        expect(location.lines.end >= location.lines.begin, 'lines');
    }
}

// As the runner reads a log: github.com/actions/runner, ActionCommand.cs.
function github(text) {
    const lines = text.split('\n');
    expect(lines.pop() === '', 'no end of the last line');
    expect(lines.pop().startsWith('not ready: '), 'the verdict is not last');
    const command = /^::(error|warning|notice) ([^:]*)::(.*)$/;
    const decode = (value) => value.replace(/%3A/g, ':').replace(/%2C/g, ',')
        .replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%');
    const files = new Set();
    for (const line of lines) {
        const match = command.exec(line);
        if (!match) {
            complain(`no command: ${line}`);
            continue;
        }
        const properties = Object.fromEntries(match[2].split(',').map((pair) => {
            const at = pair.indexOf('=');
            return [pair.slice(0, at), decode(pair.slice(at + 1))];
        }));
        expect(properties.file && properties.title && match[3], `something is missing: ${line}`);
        files.add(properties.file);
    }
    expect(files.has('missing <file>, 100%.md'), 'a name did not survive');
}

const empty = new Set(['meta', 'link', 'br', 'hr', 'img', 'input', 'wbr', 'col']);
const entities = /&(?!(amp|lt|gt|quot|#39|nbsp|#x?[0-9a-f]+);)/;

// Tags that balance, attributes in quotes, no script, nothing from elsewhere.
function html(text) {
    const open = [];
    const ids = new Set(), targets = [];
    let rest = text.replace(/<!doctype html>/, '').replace(/<style>[^]*?<\/style>/, '');
    for (const [tag, close, name, attributes, alone] of
        rest.matchAll(/<(\/?)([a-zA-Z0-9]+)((?:\s+[a-zA-Z:-]+(?:="[^"<]*")?)*)\s*(\/?)>/g)) {
        if (close) {
            const last = open.pop();
            expect(last === name, `</${name}> where </${last}> was due`);
        } else if (!alone && !empty.has(name)) {
            open.push(name);
        }
        expect(!/\son|javascript:/i.test(attributes) && name !== 'script', `a script: ${tag}`);
        expect(!/\s(src|action)=/.test(attributes), `something from elsewhere: ${tag}`);
        for (const [, id] of attributes.matchAll(/\sid="([^"]*)"/g)) {
            expect(!ids.has(id), `two of the id ${id}`);
            ids.add(id);
        }
        for (const [, target] of attributes.matchAll(/\s(?:href|aria-labelledby)="([^"]*)"/g)) {
            targets.push(target.replace(/^#/, ''));
        }
        rest = rest.replace(tag, '');
    }
    expect(open.length === 0, `never closed: ${open.join(' ')}`);
    expect(!/[<>]/.test(rest), `a bracket that is no tag: ${/.{0,40}[<>].{0,40}/.exec(rest)}`);
    expect(!entities.test(text.replace(/<style>[^]*?<\/style>/, '')), 'an ampersand that is none');
    targets.forEach((target) => expect(ids.has(target), `nothing has the id ${target}`));
}

function same(text, edited) {
    const prints = (document) => JSON.stringify(JSON.parse(document), (key, value) =>
        ['line', 'startLine', 'endLine', 'lines'].includes(key) ? undefined : value);
    expect(text !== edited, 'the edit changed nothing');
    const before = prints(text), after = prints(edited);
    expect(before === after, 'they differ');
}

const [kind, ...files] = process.argv.slice(2);
try {
    ({ json, sarif, gitlab, github, html, same })[kind](...files.map(read));
} catch (error) {
    complain(String(error.stack));
}
