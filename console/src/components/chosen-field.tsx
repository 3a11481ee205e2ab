import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, Tag, TagGroup, TagList } from 'react-aria-components';
import styles from './chosen-field.module.css';
import { ComboBox, type Option } from './combo-box.tsx';
import type { Surroundings } from './fields.tsx';

/**
 * Several of many: what is chosen stands as tags that can be taken away again, and a box below finds more.
 * @param options all of them; whoever lets the server search gives what was found, and `nameOf` for what is chosen
 */
export function ChosenField({
  options,
  chosen,
  onChange,
  nameOf = (id) => options.find((option) => option.id === id)?.name ?? id,
  onSearch,
  emptyWords,
  ...surroundings
}: Surroundings & {
  options: readonly Option[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  nameOf?: (id: string) => string;
  onSearch?: (text: string) => void;
  emptyWords: ReactNode;
}) {
  const [text, setText] = useState('');
  const search = (next: string) => {
    setText(next);
    onSearch?.(next);
  };
  const wanted = text.trim().toLowerCase();
  const found = options.filter(
    ({ id, name, detail }) =>
      !chosen.includes(id) && (onSearch || `${id} ${name} ${detail ?? ''}`.toLowerCase().includes(wanted)),
  );
  return (
    <div className={styles.chosen}>
      <ComboBox
        {...surroundings}
        options={found}
        value={null}
        search={text}
        onSearch={search}
        onChange={(id) => {
          if (id === null) return;
          onChange([...chosen, id]);
          search('');
        }}
        emptyWords={emptyWords}
      />
      {chosen.length > 0 && (
        <TagGroup
          aria-label={surroundings.label}
          onRemove={(keys) => onChange(chosen.filter((id) => !keys.has(id)))}
        >
          <TagList className={styles.tags}>
            {chosen.map((id) => (
              <Tag key={id} id={id} textValue={nameOf(id)} className={styles.tag}>
                {nameOf(id)}
                <Button slot="remove" className={styles.remove}>
                  <X aria-hidden />
                </Button>
              </Tag>
            ))}
          </TagList>
        </TagGroup>
      )}
    </div>
  );
}
