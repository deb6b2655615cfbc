// schema: that `galley config schema` and galley agree on what a configuration may say. Prints TAP.
// Arguments: the binary, and the folder of modules that has ajv.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const galley = path.resolve(process.argv[2]);
const Ajv = require(path.resolve(process.argv[3], 'ajv'));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'galley-schema-'));

// JSON is YAML, so that one text serves both.
const cases = [
    [{}, true],
    [null, true],
    [{ rules: null, phrases: null, 'front-matter': null, overrides: null }, true],
    [{ rules: { 'heading-jump': 'off', 'empty-section': 'hint' } }, true],
    [{ rules: { 'multiple-titles': { severity: 'error', 'title-in-body': 'forbid' } } }, true],
    [{ rules: { 'placeholder-text': { markers: false } } }, true],
    [{ rules: { 'pattern-words': 'information' } }, true],
    [{ rules: { 'heading-jmp': 'off' } }, false],
    [{ rules: { 'heading-jump': 'loud' } }, false],
    [{ rules: { 'heading-jump': { title: 'allow' } } }, false],
    [{ rules: { 'multiple-titles': { 'title-in-body': 'maybe' } } }, false],
    [{ rules: [] }, false],
    [{ rulez: {} }, false],
    [{ phrases: ['one', 'two words …'] }, true],
    [{ phrases: 'one' }, true],
    [{ phrases: [''] }, false],
    [{ phrases: [['a']] }, false],
    [{ patterns: [{ pattern: 'a+', message: 'no a', code: 'no-a', severity: 'hint' }] }, true],
    [{ patterns: [{ pattern: 'a+' }] }, false],
    [{ patterns: [{ message: 'a' }] }, false],
    [{ patterns: [{ pattern: 'a', message: 'b', code: 'A B' }] }, false],
    [{ patterns: [{ pattern: 'a', message: 'b', flags: 'i' }] }, false],
    [{ patterns: ['a'] }, false],
    [{ languages: ['ru', 'en'] }, true],
    [{ languages: ['xx'] }, false],
    [{ 'front-matter': { keys: ['title'] } }, true],
    [{ 'front-matter': { kyes: ['title'] } }, false],
    [{ 'front-matter': ['title'] }, false],
    [{ exclude: ['a/**', '*.md'] }, true],
    [{ exclude: { a: 'b' } }, false],
    [{ overrides: [{ files: 'a', rules: { 'empty-section': 'off' } }] }, true],
    [{ overrides: [{ files: ['a'], phrases: ['b'], 'front-matter': { keys: ['c'] } }] }, true],
    [{ overrides: [{ rules: {} }] }, false],
    [{ overrides: [{ files: 'a', extends: 'b' }] }, false],
    [{ overrides: [{ files: 'a', overrides: [] }] }, false],
    [{ overrides: 'a' }, false],
];

const printed = spawnSync(galley, ['config', 'schema'], { encoding: 'utf8' });
const validate = new Ajv({ allErrors: true }).compile(JSON.parse(printed.stdout));
cases.forEach(([settings, good], index) => {
    const text = JSON.stringify(settings);
    fs.writeFileSync(path.join(folder, '.galley.yml'), text);
    const shown = spawnSync(galley, ['config', 'show', 'a.md'], { cwd: folder, encoding: 'utf8' });
    const valid = validate(settings);
    const taken = shown.stderr === '' && shown.status === 0;
    console.log(`${valid === good && taken === good ? 'ok' : 'not ok'} ${index + 1} - ${text}`);
    if (valid !== good) {
        console.log(`# the schema says ${valid}: ${JSON.stringify(validate.errors)}`);
    }
    if (taken !== good) {
        console.log(`# galley says ${taken}: ${shown.stderr.replace(/\n/g, ' ')}`);
    }
});
console.log(`1..${cases.length}`);
fs.rmSync(folder, { recursive: true });
