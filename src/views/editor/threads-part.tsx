import type { ActionDocument, ThreadDocument } from '../../formats/scenario-document.ts';
import { moved, newAction, newThread, withItem } from '../../formats/scenario-edits.ts';
import { edit, useEditor } from '../../store/editor.ts';
import { Button } from '../controls/button.tsx';
import { ActionFields } from './action-fields.tsx';
import { ChoiceField, IndexField, PartProblem, TextField } from './fields.tsx';

/** Who does what: a thread a CPU, its actions in order. */
export function ThreadsPart() {
  const document = useEditor((state) => state.document);
  const { threads } = document;
  const fresh = newThread(document);
  return (
    <section className="editor-part editor-threads" aria-labelledby="editor-threads">
      <h3 id="editor-threads">Threads</h3>
      {threads.map((thread, index) => (
        <Thread key={index} thread={thread} index={index} />
      ))}
      <PartProblem path="threads" />
      <p className="editor-buttons">
        <Button
          unavailable={fresh === null}
          title={fresh === null ? 'Every CPU has its thread: add a CPU first' : 'Add a thread'}
          onClick={() => {
            if (fresh !== null) edit({ threads: [...threads, fresh] });
          }}
        >
          Add a thread
        </Button>
      </p>
    </section>
  );
}

interface ThreadProps {
  readonly thread: ThreadDocument;
  readonly index: number;
}

function Thread({ thread, index }: ThreadProps) {
  const { threads, cpus, process, second } = useEditor((state) => state.document);
  const put = (next: ThreadDocument | undefined): void => edit({ threads: withItem(threads, index, next) });
  const path = `threads.${index}`;
  const names = second === null ? [process.name] : [process.name, second.name];
  return (
    <fieldset className="editor-thread">
      <legend>Thread {index + 1}</legend>
      <div className="editor-row">
        <TextField
          label="Name"
          path={`${path}.name`}
          value={thread.name}
          onChange={(name) => put({ ...thread, name })}
        />
        <IndexField
          label="On"
          path={`${path}.cpu`}
          value={thread.cpu}
          count={cpus.length}
          prefix="CPU"
          onChange={(cpu) => put({ ...thread, cpu })}
        />
        <ChoiceField
          label="Of process"
          path={`${path}.process`}
          value={String(thread.process)}
          options={names.map((words, i) => ({ value: String(i), words }))}
          onChange={(value) => put({ ...thread, process: Number(value) })}
        />
        <Button look="quiet" label={`Remove thread ${index + 1}`} onClick={() => put(undefined)}>
          Remove
        </Button>
      </div>
      <Actions thread={thread} path={path} put={put} />
    </fieldset>
  );
}

interface ActionsProps {
  readonly thread: ThreadDocument;
  readonly path: string;
  readonly put: (next: ThreadDocument) => void;
}

function Actions({ thread, path, put }: ActionsProps) {
  const { actions } = thread;
  const set = (next: readonly ActionDocument[]): void => put({ ...thread, actions: next });
  return (
    <>
      <ol className="editor-actions" aria-label={`What ${thread.name} does`}>
        {actions.map((action, i) => (
          <li key={i}>
            <ActionFields
              action={action}
              path={`${path}.actions.${i}`}
              onChange={(next) => set(withItem(actions, i, next))}
            />
            <span className="editor-bits">
              <Button
                label={`Action ${i + 1} earlier`}
                unavailable={i === 0}
                onClick={() => set(moved(actions, i, -1))}
              >
                ↑
              </Button>
              <Button
                label={`Action ${i + 1} later`}
                unavailable={i === actions.length - 1}
                onClick={() => set(moved(actions, i, 1))}
              >
                ↓
              </Button>
              <Button
                look="quiet"
                label={`Remove action ${i + 1}`}
                onClick={() => set(withItem(actions, i, undefined))}
              >
                ×
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <PartProblem path={`${path}.actions`} />
      <Button
        label={`Add an action to ${thread.name}`}
        onClick={() => set([...actions, newAction('access')])}
      >
        Add an action
      </Button>
    </>
  );
}
