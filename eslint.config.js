import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const coreFolders = [
  'lib',
  'program',
  'explorer',
  'machine',
  'kernel',
  'designs',
  'properties',
  'scenarios',
  'reports',
  'formats',
  'exercises',
];

/** Window properties that are easily taken for a local variable that was forgotten. */
const easilyMistaken = ['name', 'event', 'status', 'origin', 'length', 'top', 'parent', 'screen', 'open']
  .concat(['close', 'stop', 'print', 'find', 'frames', 'focus', 'blur', 'scroll'])
  .map((name) => ({ name, message: 'This is a property of the browser window: was a local meant?' }));

const pageGlobals = ['window', 'document', 'self', 'navigator', 'location', 'history', 'alert', 'fetch']
  .concat(['localStorage', 'sessionStorage', 'indexedDB', 'XMLHttpRequest', 'Worker', 'postMessage'])
  .concat(['requestAnimationFrame', 'HTMLElement', 'Element', 'Node', 'Image', 'matchMedia'])
  .map((name) => ({ name, message: 'The core runs in Node, in a worker and in a page alike.' }));

const nodeGlobals = ['process', 'Buffer', 'global', 'require', '__dirname', '__filename'].map((name) => ({
  name,
  message: 'The core and the page run in a browser.',
}));

const unpredictable = ['Date', 'performance', 'crypto', 'setTimeout', 'setInterval', 'queueMicrotask'].map(
  (name) => ({ name, message: 'The core is deterministic: same input, same run.' }),
);

const houseRules = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/max-params': ['error', { max: 3 }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'always' }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/no-dynamic-delete': 'error',
  eqeqeq: 'error',
  'no-restricted-globals': ['error', ...easilyMistaken],
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'Exports are named.' },
    { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
  ],
};

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', '**/test-results/**', '**/playwright-report/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: houseRules,
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/cli/**', 'src/**/*.test.{ts,tsx}'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', ...easilyMistaken, ...nodeGlobals],
    },
  },
  {
    files: coreFolders.map((folder) => `src/${folder}/**/*.ts`),
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Use the seeded generator in lib.' },
      ],
    },
  },
  {
    files: coreFolders.map((folder) => `src/${folder}/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...easilyMistaken, ...nodeGlobals, ...pageGlobals, ...unpredictable],
    },
  },
  {
    // Called for every step of every run: an object made for each call would be most of the cost.
    files: ['program', 'explorer', 'machine'].map((folder) => `src/${folder}/**/*.ts`),
    rules: { '@typescript-eslint/max-params': ['error', { max: 5 }] },
  },
  {
    // The first parameter says who runs the program (thread, relocation): it is context, not an operand.
    files: ['kernel', 'scenarios'].map((folder) => `src/${folder}/**/*.ts`),
    rules: { '@typescript-eslint/max-params': ['error', { max: 4 }] },
  },
  { files: ['**/*.tsx'], extends: [reactHooks.configs.flat.recommended] },
  { files: ['vite.config.ts', 'e2e/playwright.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
