import { type DragEvent, type KeyboardEvent, useState } from 'react';
import type { PageDocument, VmaDocument } from '../../formats/scenario-document.ts';
import { hasRoom, NEW_PAGE, withItem, withPage } from '../../formats/scenario-edits.ts';
import { edit, useEditor } from '../../store/editor.ts';
import { Button } from '../controls/button.tsx';
import { PartProblem } from './fields.tsx';

/** What is dragged: a free page of a node, or the page of a va. */
const DRAGGED = 'text/x-limbo-page';

function change(va: number, page: Partial<PageDocument>): void {
  edit(withPage(useEditor.getState().document, va, page));
}

const takesDrop = (event: DragEvent): boolean => event.dataTransfer.types.includes(DRAGGED);

/** Vmas and what they map at the start: drag a free page onto a va, or away from it, or use the keys. */
export function MemoryPart() {
  const document = useEditor((state) => state.document);
  const { vmas, nodes } = document;
  const rows = vmas.map((vma, index) => {
    const first = vmas.slice(0, index).reduce((sum, { pages }) => sum + pages.length, 0);
    return <Vma key={index} vma={vma} index={index} first={first} />;
  });
  const add = (): void => edit({ vmas: [...vmas, { mapping: 'shared', pages: [NEW_PAGE] }] });
  return (
    <section className="editor-part editor-memory" aria-labelledby="editor-memory">
      <h3 id="editor-memory">Memory of the process</h3>
      <FreePages nodes={nodes.length} />
      {rows}
      <PartProblem path="vmas" />
      <p className="editor-buttons">
        <Button unavailable={!hasRoom(document)} onClick={add}>
          Add a vma
        </Button>
      </p>
    </section>
  );
}

/** Where pages come from and go to. */
function FreePages({ nodes }: { readonly nodes: number }) {
  const [over, setOver] = useState(false);
  const dropped = (event: DragEvent): void => {
    setOver(false);
    if (!takesDrop(event)) return;
    event.preventDefault();
    const [kind, number] = event.dataTransfer.getData(DRAGGED).split(' ');
    if (kind === 'va') change(Number(number), { present: false });
  };
  return (
    <div
      className={over ? 'editor-free editor-over' : 'editor-free'}
      onDragOver={(event) => {
        if (!takesDrop(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      {Array.from({ length: nodes }, (_, node) => (
        <span
          key={node}
          className="editor-chip"
          draggable
          onDragStart={({ dataTransfer }) => dataTransfer.setData(DRAGGED, `free ${node}`)}
        >
          free page, node {node}
        </span>
      ))}
      <span className="editor-hint">
        Drag onto a va to map it, drag a page back here to unmap it. By keyboard: Enter maps or unmaps, W and
        D change its bits, N its node.
      </span>
    </div>
  );
}

interface VmaProps {
  readonly vma: VmaDocument;
  readonly index: number;
  readonly first: number;
}

function Vma({ vma, index, first }: VmaProps) {
  const document = useEditor((state) => state.document);
  const { vmas } = document;
  const put = (next: VmaDocument | undefined): void => edit({ vmas: withItem(vmas, index, next) });
  return (
    <fieldset className="editor-vma">
      <legend>Vma {index}</legend>
      <select
        className="field"
        aria-label={`Mapping of vma ${index}`}
        value={vma.mapping}
        onChange={({ target }) => put({ ...vma, mapping: target.value === 'private' ? 'private' : 'shared' })}
      >
        <option value="shared">file, shared</option>
        <option value="private">private</option>
      </select>
      <div className="editor-pages">
        {vma.pages.map((page, i) => (
          <Page key={i} page={page} va={first + i} />
        ))}
      </div>
      <PartProblem path={`vmas.${index}.pages`} />
      <p className="editor-buttons">
        <Button
          unavailable={!hasRoom(document)}
          label={`Add a page to vma ${index}`}
          onClick={() => put({ ...vma, pages: [...vma.pages, NEW_PAGE] })}
        >
          + page
        </Button>
        <Button
          unavailable={vma.pages.length <= 1}
          label={`Remove the last page of vma ${index}`}
          onClick={() => put({ ...vma, pages: vma.pages.slice(0, -1) })}
        >
          − page
        </Button>
        <Button look="quiet" label={`Remove vma ${index}`} onClick={() => put(undefined)}>
          Remove
        </Button>
      </p>
    </fieldset>
  );
}

function Page({ page, va }: { readonly page: PageDocument; readonly va: number }) {
  const nodes = useEditor((state) => state.document.nodes.length);
  const [over, setOver] = useState(false);
  const { present, writable, dirty, node } = page;
  const pressed = (event: KeyboardEvent): void => {
    const changes: Readonly<Record<string, Partial<PageDocument>>> = {
      w: { writable: !writable },
      d: { dirty: !dirty },
      n: { node: (node + 1) % nodes },
    };
    const wanted = changes[event.key.toLowerCase()];
    if (wanted === undefined || !present || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    change(va, wanted);
  };
  const dropped = (event: DragEvent): void => {
    setOver(false);
    if (!takesDrop(event)) return;
    event.preventDefault();
    const [kind, number] = event.dataTransfer.getData(DRAGGED).split(' ');
    if (kind === 'free') change(va, { present: true, node: Number(number) });
  };
  const bits = `${writable ? 'W' : 'read-only'}${dirty ? ', dirty' : ''}, node ${node}`;
  return (
    <div
      className={over ? 'editor-page editor-over' : 'editor-page'}
      onDragOver={(event) => {
        if (!takesDrop(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <button
        type="button"
        className={present ? 'editor-slot editor-slot-mapped' : 'editor-slot'}
        aria-pressed={present}
        aria-label={`va${va}, ${present ? `mapped: ${bits}` : 'empty'}`}
        draggable={present}
        onDragStart={({ dataTransfer }) => dataTransfer.setData(DRAGGED, `va ${va}`)}
        onClick={() => change(va, { present: !present })}
        onKeyDown={pressed}
      >
        <strong>va{va}</strong>
        <span>{present ? bits : 'empty'}</span>
      </button>
      {present && <PageBits page={page} va={va} nodes={nodes} />}
    </div>
  );
}

interface BitsProps {
  readonly page: PageDocument;
  readonly va: number;
  readonly nodes: number;
}

function PageBits({ page: { writable, dirty, node }, va, nodes }: BitsProps) {
  return (
    <span className="editor-bits">
      <Button pressed={writable} label={`W of va${va}`} onClick={() => change(va, { writable: !writable })}>
        W
      </Button>
      <Button pressed={dirty} label={`va${va} dirty`} onClick={() => change(va, { dirty: !dirty })}>
        D
      </Button>
      <Button
        label={`Next node for va${va}, now node ${node}`}
        onClick={() => change(va, { node: (node + 1) % nodes })}
      >
        N{node}
      </Button>
    </span>
  );
}
